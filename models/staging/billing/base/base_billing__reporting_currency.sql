{% set stated = quoted_text(var('reporting_currency')) %}
-- The company states the reporting currency, else it is the only one that it bills in, else USD.
with

billed_currencies as (
    {{ raw_currencies() }}
),

final as (
    select
        case
            when {{ stated }} <> 'auto' then upper({{ stated }})
            when count(distinct billed_currencies.currency) = 1 then max(billed_currencies.currency)
            else 'USD'
        end as reporting_currency
    from billed_currencies
)

select * from final
