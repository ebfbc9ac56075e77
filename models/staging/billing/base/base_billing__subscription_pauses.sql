{{ judged_rows('billing', 'subscription_pauses',
    subscriptions=ref('stg_billing__subscriptions')
) }}
