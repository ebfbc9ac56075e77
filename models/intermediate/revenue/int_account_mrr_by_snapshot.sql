-- The customers on a snapshot date, and whether each had given notice by then.
with

lines_by_snapshot as (
    select * from {{ ref('int_mrr_lines_by_snapshot') }}
),

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

subscriptions as (
    select * from {{ ref('stg_billing__subscriptions') }}
),

final as (
    select
        lines_by_snapshot.snapshot_date,
        lines_by_snapshot.account_id,
        snapshot_dates.segment_month,
        sum(lines_by_snapshot.mrr) as mrr,
        coalesce(sum(lines_by_snapshot.seats), 0) as seats,
        count_if(
            lines_by_snapshot.mrr > 0 and coalesce(subscriptions.canceled_on > lines_by_snapshot.snapshot_date, true)
        ) = 0 as has_given_notice
    from lines_by_snapshot
    inner join snapshot_dates
        on lines_by_snapshot.snapshot_date = snapshot_dates.snapshot_date
    inner join subscriptions
        on lines_by_snapshot.subscription_id = subscriptions.subscription_id
    group by lines_by_snapshot.snapshot_date, lines_by_snapshot.account_id, snapshot_dates.segment_month
    having sum(lines_by_snapshot.mrr) > 0
)

select * from final
