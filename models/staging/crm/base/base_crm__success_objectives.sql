{{ judged_rows('crm', 'success_objectives',
    accounts=ref('stg_crm__accounts')
) }}
