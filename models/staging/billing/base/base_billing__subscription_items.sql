{{ judged_rows('billing', 'subscription_items',
    subscriptions=ref('stg_billing__subscriptions'),
    rates=ref('stg_billing__exchange_rates'),
    reporting=ref('base_billing__reporting_currency'),
    amounts={'unit_amount': 'parsed.quantity * parsed.unit_amount'},
    rules=[(
        'negative_mrr', 'unit_amount',
        'round(parsed.quantity * parsed.unit_amount * (1 - coalesce(parsed.discount_percent, 0) / 100) - coalesce(parsed.discount_amount, 0), 8) < 0',
        "'quantity x unit_amount less discounts is below 0'",
    )]
) }}
