{{ judged_rows('billing', 'invoices',
    accounts=ref('stg_crm__accounts'),
    rates=ref('stg_billing__exchange_rates'),
    reporting=ref('base_billing__reporting_currency'),
    amounts={'amount_due': 'parsed.amount_due', 'amount_paid': 'parsed.amount_paid'}
) }}
