-- Objectives achieved, and milestones that a journey reached. A milestone counts in the cohort of its account.
with

objectives as (
    select * from {{ ref('int_objectives_known') }}
),

milestones as (
    select * from {{ ref('int_milestones_reached') }}
),

labels as (
    select * from {{ ref('policy_labels') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        objectives.account_id,
        objectives.achieved_on as occurred_on,
        greatest(objectives.achieved_on, objectives.created_on) as known_on,
        {{ event_columns('objective_achieved', 'fct_success_objectives', {
            'objective_id': 'objectives.objective_id',
        }) }},
        'Objective achieved' || coalesce(': ' || replace(objectives.metric_name, '_', ' '), '')
        || coalesce(
            ', worth ' || run_context.reporting_currency || ' '
            || {{ number_text('objectives.value_amount', 2) }} || ' a year',
            ''
        ) || '.' as event_text,
        false as is_provisional
    from objectives
    cross join run_context
    where objectives.is_achieved
    union all
    select
        milestones.account_id,
        milestones.reached_on as occurred_on,
        greatest(milestones.reached_on, milestones.started_on, milestones.cohort_quarter) as known_on,
        {{ event_columns('milestone_reached', 'rpt_time_to_value', {
            'cohort_quarter': 'milestones.cohort_quarter', 'touch_tier': "'all'", 'milestone': 'milestones.milestone',
        }) }},
        coalesce(labels.label, milestones.milestone)
        || case
            when milestones.days = 0 then ' by the first day of the contract.'
            when milestones.days = 1 then ' 1 day after the start of the contract.'
            else ' ' || {{ number_text('milestones.days') }} || ' days after the start of the contract.'
        end as event_text,
        false as is_provisional
    from milestones
    left join labels
        on labels.domain = 'milestone'
        and milestones.milestone = labels.code
    where milestones.is_reached
)

select * from final
