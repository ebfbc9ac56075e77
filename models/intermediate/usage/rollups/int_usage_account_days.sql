-- A feed may report a day without use, whose events sum to 0.
with

rolled_up as (
    select * from {{ ref('base_product__usage_rolled_up') }}
),

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

last_date as (
    select max(snapshot_dates.snapshot_date) as as_of_date
    from snapshot_dates
),

final as (
    select
        rolled_up.account_id,
        rolled_up.usage_on,
        rolled_up.month,
        rolled_up.logins,
        rolled_up.feature_events,
        rolled_up.duration_seconds,
        rolled_up.logins + rolled_up.feature_events > 0 as is_active
    from rolled_up
    cross join last_date
    where rolled_up.rollup = 'account_days'
        and rolled_up.accepted_rows > 0
        and rolled_up.usage_on <= last_date.as_of_date
)

select * from final
