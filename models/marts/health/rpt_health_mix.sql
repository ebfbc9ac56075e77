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

final as (
    select
        mix.snapshot_date,
        snapshot_dates.is_month_end,
        mix.segment_type,
        mix.segment,
        mix.health_status,
        cast(mix.status_rank as int) as status_rank,
        cast(mix.accounts as bigint) as accounts,
        cast(12 * mix.mrr as decimal(18, 2)) as arr,
        run_context.reporting_currency
    from mix
    cross join run_context
    inner join snapshot_dates
        on mix.snapshot_date = snapshot_dates.snapshot_date
)

select * from final
