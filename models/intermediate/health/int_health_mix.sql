-- A segment has a row of every status on each date on which it has an account. Moves are those since the month-end
-- before, so other dates and the first month-end have none.
with

health_by_segment as (
    select * from {{ ref('int_health_by_segment') }}
),

moves as (
    select * from {{ ref('int_health_moves') }}
),

statuses as (
    {% for status in ['healthy', 'stable', 'at_risk', 'critical', 'emergency', 'unscored'] %}
    select
        '{{ status }}' as health_status,
        {{ loop.index }} as status_rank
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

segments as (
    select distinct
        health_by_segment.snapshot_date,
        health_by_segment.segment_type,
        health_by_segment.segment
    from health_by_segment
),

counted as (
    select
        health_by_segment.snapshot_date,
        health_by_segment.segment_type,
        health_by_segment.segment,
        health_by_segment.health_status,
        count(*) as accounts,
        sum(health_by_segment.mrr) as mrr
    from health_by_segment
    group by
        health_by_segment.snapshot_date,
        health_by_segment.segment_type,
        health_by_segment.segment,
        health_by_segment.health_status
),

month_ends_with_moves as (
    select distinct moves.month_end
    from moves
),

entered as (
    select
        moves.month_end,
        moves.segment_type,
        moves.segment,
        moves.health_status,
        sum(moves.accounts) as accounts,
        sum(moves.mrr) as mrr
    from moves
    where moves.previous_status <> moves.health_status
    group by moves.month_end, moves.segment_type, moves.segment, moves.health_status
),

departed as (
    select
        moves.month_end,
        moves.segment_type,
        moves.segment,
        moves.previous_status,
        sum(moves.accounts) as accounts,
        sum(moves.previous_mrr) as mrr
    from moves
    where moves.previous_status <> moves.health_status
    group by moves.month_end, moves.segment_type, moves.segment, moves.previous_status
),

final as (
    select
        segments.snapshot_date,
        segments.segment_type,
        segments.segment,
        statuses.health_status,
        statuses.status_rank,
        coalesce(counted.accounts, 0) as accounts,
        coalesce(counted.mrr, 0) as mrr,
        case when month_ends_with_moves.month_end is not null then coalesce(entered.accounts, 0) end
            as accounts_entered,
        case when month_ends_with_moves.month_end is not null then coalesce(entered.mrr, 0) end as mrr_entered,
        case when month_ends_with_moves.month_end is not null then coalesce(departed.accounts, 0) end as accounts_left,
        case when month_ends_with_moves.month_end is not null then coalesce(departed.mrr, 0) end as mrr_left
    from segments
    cross join statuses
    left join month_ends_with_moves
        on segments.snapshot_date = month_ends_with_moves.month_end
    left join counted
        on segments.snapshot_date = counted.snapshot_date
        and segments.segment_type = counted.segment_type
        and segments.segment = counted.segment
        and statuses.health_status = counted.health_status
    left join entered
        on segments.snapshot_date = entered.month_end
        and segments.segment_type = entered.segment_type
        and segments.segment = entered.segment
        and statuses.health_status = entered.health_status
    left join departed
        on segments.snapshot_date = departed.month_end
        and segments.segment_type = departed.segment_type
        and segments.segment = departed.segment
        and statuses.health_status = departed.previous_status
)

select * from final
