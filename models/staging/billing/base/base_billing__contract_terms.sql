{{ judged_rows('billing', 'contract_terms',
    subscriptions=ref('stg_billing__subscriptions')
) }}
