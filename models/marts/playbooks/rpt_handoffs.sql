with

handoffs as (
    select * from {{ ref('int_handoffs') }}
),

targets as (
    select * from {{ ref('int_playbook_targets') }}
),

months as (
    select * from {{ ref('int_months') }}
),

counted as (
    select
        cast(date_trunc('month', handoffs.won_on) as date) as month,
        count(*) as handoffs,
        count(*) filter (where handoffs.outcome = 'on_time') as on_time,
        count(*) filter (where handoffs.outcome = 'late') as late,
        count(*) filter (where handoffs.outcome = 'missed') as missed,
        count(*) filter (where handoffs.outcome = 'open') as still_open,
        median({{ days_between('handoffs.won_on', 'handoffs.kickoff_on') }}) as median_days_to_kickoff
    from handoffs
    group by cast(date_trunc('month', handoffs.won_on) as date)
),

final as (
    select
        counted.month,
        months.is_complete_month,
        counted.handoffs,
        counted.on_time,
        counted.late,
        counted.missed,
        counted.still_open,
        counted.on_time / cast(nullif(counted.handoffs - counted.still_open, 0) as double) as on_time_rate,
        cast(counted.median_days_to_kickoff as double) as median_days_to_kickoff,
        targets.target,
        round(
            counted.on_time / cast(nullif(counted.handoffs - counted.still_open, 0) as double), 9
        ) >= targets.target as is_on_target
    from counted
    inner join months
        on counted.month = months.month
    inner join targets
        on targets.playbook = 'handoff'
)

select * from final
