-- Every account that pays on the day reported, where its use is known or the company had recorded an objective by then.
-- Before its first objective the company has not said that its accounts have none.
{% set categories = ['revenue_increased', 'costs_reduced', 'time_saved', 'headcount_avoided', 'soft_value'] %}
with

report_use as (
    select * from {{ ref('int_value_report_use') }}
),

objectives as (
    select * from {{ ref('int_value_report_objectives') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

company as (
    select min(objectives.quarter) as objectives_from
    from objectives
),

reported as (
    select
        report_use.*,
        case when report_use.quarter >= company.objectives_from then 0 end as no_objectives
    from report_use
    cross join company
),

final as (
    select
        reported.account_id,
        account_names.account_name,
        reported.quarter,
        reported.reported_on,
        reported.is_complete_quarter,
        cast(reported.active_users as bigint) as active_users,
        reported.active_users_change,
        cast(reported.actions as bigint) as actions,
        reported.adoption,
        cast(coalesce(objectives.objectives, reported.no_objectives) as bigint) as objectives,
        cast(coalesce(objectives.achieved, reported.no_objectives) as bigint) as achieved,
        objectives.improvement,
        {% for category in categories %}
        cast(objectives.{{ category }} as decimal(18, 2)) as {{ category }},
        {% endfor %}
        cast(objectives.value_amount as decimal(18, 2)) as value_amount,
        cast(12 * reported.mrr as decimal(18, 2)) as investment,
        round(
            (cast(objectives.value_amount as double) - cast(12 * reported.mrr as double))
            / cast(case when objectives.due_in_force > 0 then 12 * reported.mrr end as double),
            9
        ) as roi,
        run_context.reporting_currency
    from reported
    cross join run_context
    left join objectives
        on reported.account_id = objectives.account_id
        and reported.quarter = objectives.quarter
    left join account_names
        on reported.account_id = account_names.account_id
    where coalesce(reported.active_users, reported.actions, reported.no_objectives) is not null
)

select * from final
