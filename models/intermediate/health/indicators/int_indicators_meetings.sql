-- The latest meetings whose outcome is known were all missed.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

activities as (
    select * from {{ ref('int_activities_known') }}
),

indicators as (
    select * from {{ ref('policy_leading_indicators') }}
),

meetings_known as (
    select
        customers.snapshot_date,
        customers.account_id,
        indicators.indicator,
        indicators.min_count,
        activities.scheduled_on,
        activities.status,
        row_number() over (
            partition by customers.snapshot_date, customers.account_id
            order by activities.scheduled_at desc, activities.activity_id desc
        ) as meeting_number
    from customers
    inner join indicators
        on indicators.indicator = 'meetings_missed'
    inner join activities
        on customers.account_id = activities.account_id
        and customers.snapshot_date >= activities.known_on
        and {{ in_window('activities.scheduled_on', 'customers.snapshot_date', 'indicators.window_days') }}
    where activities.kind = 'meeting'
        and activities.status in ('completed', 'no_show', 'canceled')
),

final as (
    select
        meetings_known.snapshot_date,
        meetings_known.account_id,
        meetings_known.indicator,
        'the last ' || {{ number_text('meetings_known.min_count') }} || ' meetings were missed, the latest on '
        || cast(max(meetings_known.scheduled_on) as string) as evidence
    from meetings_known
    where meetings_known.meeting_number <= meetings_known.min_count
    group by meetings_known.snapshot_date, meetings_known.account_id, meetings_known.indicator, meetings_known.min_count
    having count_if(meetings_known.status in ('no_show', 'canceled')) = meetings_known.min_count
)

select * from final
