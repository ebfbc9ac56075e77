{{ judged_rows('billing', 'subscription_items',
    subscriptions=ref('stg_billing__subscriptions'),
    rates=ref('stg_billing__exchange_rates'),
    reporting=ref('base_billing__reporting_currency'),
    amounts={'unit_amount': 'parsed.quantity * parsed.unit_amount'},
    rules=[(
        'negative_mrr', 'unit_amount',
        'round(parsed.quantity * parsed.unit_amount, 8) < 0',
        "'quantity x unit_amount is below 0'",
    )]
) }}
