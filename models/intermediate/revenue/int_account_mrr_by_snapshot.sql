-- Who is a customer on a snapshot date, and what of it was known of their leaving.
with

lines_dated as (
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
        lines_dated.snapshot_date,
        lines_dated.account_id,
        snapshot_dates.segment_month,
        sum(lines_dated.mrr) as mrr,
        coalesce(sum(lines_dated.seats), 0) as seats,
        count_if(lines_dated.mrr > 0 and coalesce(subscriptions.canceled_on > lines_dated.snapshot_date, true)) = 0 as has_given_notice
    from lines_dated
    inner join snapshot_dates
        on lines_dated.snapshot_date = snapshot_dates.snapshot_date
    inner join subscriptions
        on lines_dated.subscription_id = subscriptions.subscription_id
    group by lines_dated.snapshot_date, lines_dated.account_id, snapshot_dates.segment_month
    having sum(lines_dated.mrr) > 0
)

select * from final
