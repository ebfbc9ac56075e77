-- What became of each customer that had not given notice, for the horizons that are over.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

touch_tiers as (
    select * from {{ ref('int_account_touch_tiers') }}
),

elapsed_horizons as (
    select * from {{ ref('int_elapsed_horizons') }}
),

horizon_churns as (
    select * from {{ ref('int_horizon_churns') }}
),

final as (
    select
        elapsed_horizons.snapshot_date,
        elapsed_horizons.horizon_days,
        elapsed_horizons.horizon_ends_on,
        customers.account_id,
        coalesce(touch_tiers.touch_tier, '(none)') as touch_tier,
        horizon_churns.churned_on
    from elapsed_horizons
    inner join customers
        on elapsed_horizons.snapshot_date = customers.snapshot_date
    left join touch_tiers
        on customers.account_id = touch_tiers.account_id
        and customers.segment_month = touch_tiers.month
    left join horizon_churns
        on elapsed_horizons.snapshot_date = horizon_churns.snapshot_date
        and elapsed_horizons.horizon_days = horizon_churns.horizon_days
        and customers.account_id = horizon_churns.account_id
    where not customers.has_given_notice
)

select * from final
