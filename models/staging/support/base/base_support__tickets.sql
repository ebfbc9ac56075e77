{{ judged_rows('support', 'tickets',
    accounts=ref('stg_crm__accounts')
) }}
