with

moves as (
    select * from {{ ref('int_health_moves') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

segment_labels as (
    select * from {{ ref('int_segment_labels') }}
),

final as (
    select
        moves.month_end,
        moves.segment_type,
        moves.segment,
        coalesce(segment_labels.segment_label, moves.segment) as segment_label,
        moves.previous_status,
        moves.health_status,
        cast(moves.accounts as bigint) as accounts,
        cast(12 * moves.previous_mrr as decimal(18, 2)) as previous_arr,
        cast(12 * moves.mrr as decimal(18, 2)) as arr,
        run_context.reporting_currency
    from moves
    cross join run_context
    left join segment_labels
        on moves.segment_type = segment_labels.segment_type
        and moves.segment = segment_labels.segment
)

select * from final
