{{ judged_rows('billing', 'subscriptions',
    accounts=ref('stg_crm__accounts'),
    rates=ref('stg_billing__exchange_rates'),
    reporting=ref('base_billing__reporting_currency'),
    priced='parsed.mrr_amount is not null',
    amounts={'mrr_amount': 'parsed.mrr_amount'},
    rules=[
        (
            'negative_mrr', 'mrr_amount',
            'parsed.mrr_amount < 0',
            "'mrr_amount is ' || cast(parsed.mrr_amount as string)",
        ),
        (
            'no_end_date', 'ended_on',
            "parsed.status in ('canceled', 'expired') and parsed.ended_on is null",
            "'status is ' || parsed.status || ', and ended_on is empty'",
        ),
    ]
) }}
