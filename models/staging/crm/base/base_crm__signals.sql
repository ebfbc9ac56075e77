{{ judged_rows('crm', 'signals',
    accounts=ref('stg_crm__accounts')
) }}
