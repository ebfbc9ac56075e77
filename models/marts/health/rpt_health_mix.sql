with

mix as (
    select * from {{ ref('int_health_mix') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

segment_labels as (
    select * from {{ ref('int_segment_labels') }}
),

final as (
    select
        mix.snapshot_date,
        snapshot_dates.is_month_end,
        mix.segment_type,
        mix.segment,
        coalesce(segment_labels.segment_label, mix.segment) as segment_label,
        mix.health_status,
        cast(mix.status_rank as int) as status_rank,
        cast(mix.accounts as bigint) as accounts,
        cast(12 * mix.mrr as decimal(18, 2)) as arr,
        cast(mix.accounts_entered as bigint) as accounts_entered,
        cast(12 * mix.mrr_entered as decimal(18, 2)) as arr_entered,
        cast(mix.accounts_left as bigint) as accounts_left,
        cast(12 * mix.mrr_left as decimal(18, 2)) as arr_left,
        run_context.reporting_currency
    from mix
    cross join run_context
    inner join snapshot_dates
        on mix.snapshot_date = snapshot_dates.snapshot_date
    left join segment_labels
        on mix.segment_type = segment_labels.segment_type
        and mix.segment = segment_labels.segment
)

select * from final
