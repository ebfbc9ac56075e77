-- depends_on: {{ ref('base_crm__opportunity_stages') }}, which states since when a stage is known.
{{ judged_rows('crm', 'opportunities',
    accounts=ref('stg_crm__accounts'),
    rates=ref('stg_billing__exchange_rates'),
    reporting=ref('base_billing__reporting_currency')
) }}
