{{ judged_rows('product', 'usage_limits',
    accounts=ref('stg_crm__accounts')
) }}
