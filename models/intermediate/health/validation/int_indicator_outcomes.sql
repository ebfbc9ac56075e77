-- What became of each customer that had not given notice and showed an indicator.
with

customer_outcomes as (
    select * from {{ ref('int_customer_outcomes') }}
),

leading_indicators as (
    select * from {{ ref('int_leading_indicators') }}
),

final as (
    select
        leading_indicators.indicator,
        customer_outcomes.snapshot_date,
        customer_outcomes.horizon_days,
        customer_outcomes.horizon_ends_on,
        customer_outcomes.account_id,
        customer_outcomes.touch_tier,
        customer_outcomes.churned_on
    from customer_outcomes
    inner join leading_indicators
        on customer_outcomes.snapshot_date = leading_indicators.snapshot_date
        and customer_outcomes.account_id = leading_indicators.account_id
)

select * from final
