-- Days until half of all customers had their first outcome, without customers from before the records of milestones.
with

times as (
    select * from {{ ref('int_time_to_value') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        'time_to_value' as figure,
        'days' as unit,
        run_context.as_of_date as period,
        cast(times.median_days as double) as value,
        cast(null as double) as previous_value,
        cast(null as string) as assessment,
        cast(null as string) as note
    from times
    cross join run_context
    where times.segment_type = 'all'
        and times.cohort = 'all'
        and times.milestone = 'first_outcome'
)

select * from final
