-- An account that does not pay on the date has the tier of the last month in which it paid.
with

renewals as (
    select * from {{ ref('int_renewals_by_snapshot') }}
),

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

touch_tiers as (
    select * from {{ ref('int_account_touch_tiers') }}
),

judged_dates as (
    select distinct
        renewals.account_id,
        renewals.forecast_on,
        snapshot_dates.segment_month
    from renewals
    inner join snapshot_dates
        on renewals.forecast_on = snapshot_dates.snapshot_date
),

final as (
    select
        judged_dates.account_id,
        judged_dates.forecast_on,
        max_by(touch_tiers.touch_tier, touch_tiers.month) as touch_tier
    from judged_dates
    inner join touch_tiers
        on judged_dates.account_id = touch_tiers.account_id
        and judged_dates.segment_month >= touch_tiers.month
    group by judged_dates.account_id, judged_dates.forecast_on
)

select * from final
