-- The reporting currency is stated by the company, else the only one it bills in, else USD.
with

billed_currencies as (
    {{ raw_currencies() }}
),

final as (
    select
        case
            when {{ quoted_text(var("reporting_currency")) }} <> 'auto' then upper({{ quoted_text(var("reporting_currency")) }})
            when count(distinct billed_currencies.currency) = 1 then max(billed_currencies.currency)
            else 'USD'
        end as reporting_currency
    from billed_currencies
)

select * from final
