{{ judged_rows('crm', 'activities',
    accounts=ref('stg_crm__accounts')
) }}
