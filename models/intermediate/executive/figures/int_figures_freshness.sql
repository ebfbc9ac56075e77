-- Hours from the end of the day of the newest known fact to the end of the day of the run. Only as_of_date has it.
with

latest_facts as (
    select * from {{ ref('int_latest_facts') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

newest as (
    select
        run_context.as_of_date,
        least(max(latest_facts.latest_on), run_context.as_of_date) as newest_on
    from run_context
    cross join latest_facts
    group by run_context.as_of_date
),

final as (
    select
        'data_freshness_hours' as figure,
        newest.as_of_date as measured_on,
        'all' as touch_tier,
        cast(24 * {{ days_between('newest.newest_on', "cast('" ~ read_on() ~ "' as date)") }} as double) as value,
        'The newest fact is from ' || cast(newest.newest_on as string) || '.' as note
    from newest
)

select * from final
