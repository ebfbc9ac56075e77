-- From each month-end to the next. An account that comes into a segment, or leaves it, moves from or to '(none)'.
with

health_by_segment as (
    select * from {{ ref('int_health_by_segment') }}
),

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

month_ends as (
    select
        snapshot_dates.snapshot_date,
        lag(snapshot_dates.snapshot_date) over (order by snapshot_dates.snapshot_date) as previous_month_end,
        lead(snapshot_dates.snapshot_date) over (order by snapshot_dates.snapshot_date) as next_month_end
    from snapshot_dates
    where snapshot_dates.is_month_end
),

ends as (
    select
        month_ends.snapshot_date as month_end,
        health_by_segment.account_id,
        health_by_segment.segment_type,
        health_by_segment.segment,
        health_by_segment.health_status,
        health_by_segment.mrr
    from health_by_segment
    inner join month_ends
        on health_by_segment.snapshot_date = month_ends.snapshot_date
    where month_ends.previous_month_end is not null
),

starts as (
    select
        month_ends.next_month_end as month_end,
        health_by_segment.account_id,
        health_by_segment.segment_type,
        health_by_segment.segment,
        health_by_segment.health_status,
        health_by_segment.mrr
    from health_by_segment
    inner join month_ends
        on health_by_segment.snapshot_date = month_ends.snapshot_date
    where month_ends.next_month_end is not null
),

moves as (
    select
        coalesce(ends.month_end, starts.month_end) as month_end,
        coalesce(ends.segment_type, starts.segment_type) as segment_type,
        coalesce(ends.segment, starts.segment) as segment,
        coalesce(starts.health_status, '(none)') as previous_status,
        coalesce(ends.health_status, '(none)') as health_status,
        coalesce(starts.mrr, 0) as previous_mrr,
        coalesce(ends.mrr, 0) as mrr
    from ends
    full outer join starts
        on ends.month_end = starts.month_end
        and ends.account_id = starts.account_id
        and ends.segment_type = starts.segment_type
        and ends.segment = starts.segment
),

final as (
    select
        moves.month_end,
        moves.segment_type,
        moves.segment,
        moves.previous_status,
        moves.health_status,
        count(*) as accounts,
        sum(moves.previous_mrr) as previous_mrr,
        sum(moves.mrr) as mrr
    from moves
    group by moves.month_end, moves.segment_type, moves.segment, moves.previous_status, moves.health_status
)

select * from final
