-- Accounts that churned after the date and by the end of the horizon, with their first churn.
with

elapsed_horizons as (
    select * from {{ ref('int_elapsed_horizons') }}
),

churns as (
    select * from {{ ref('int_churns') }}
),

final as (
    select
        elapsed_horizons.snapshot_date,
        elapsed_horizons.horizon_days,
        churns.account_id,
        min(churns.churned_on) as churned_on
    from elapsed_horizons
    inner join churns
        on elapsed_horizons.snapshot_date < churns.churned_on
        and elapsed_horizons.horizon_ends_on >= churns.churned_on
    group by elapsed_horizons.snapshot_date, elapsed_horizons.horizon_days, churns.account_id
)

select * from final
