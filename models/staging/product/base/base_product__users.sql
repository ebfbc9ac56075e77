{{ judged_rows('product', 'users',
    accounts=ref('stg_crm__accounts')
) }}
