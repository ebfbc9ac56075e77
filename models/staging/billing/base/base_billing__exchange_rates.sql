{{ judged_rows('billing', 'exchange_rates') }}
