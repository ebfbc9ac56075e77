{{ judged_rows('crm', 'account_assignments',
    accounts=ref('stg_crm__accounts')
) }}
