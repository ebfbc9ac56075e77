-- The objectives of a success plan as they stood on the day reported. An annual value counts for the months of the
-- policy, as in int_account_value. One that stated no value adds none. What moved away from its target got worse.
{% set categories = ['revenue_increased', 'costs_reduced', 'time_saved', 'headcount_avoided', 'soft_value'] %}
with

quarters as (
    select * from {{ ref('int_value_quarters') }}
),

objectives as (
    select * from {{ ref('int_objectives_known') }}
),

categories as (
    select * from {{ ref('policy_value_categories') }}
),

settings as (
    select * from {{ ref('policy_lifecycle_settings') }}
),

reported as (
    select
        quarters.quarter,
        quarters.reported_on,
        objectives.account_id,
        objectives.created_on,
        objectives.value_amount,
        objectives.improvement,
        coalesce(categories.value_category, 'soft_value') as value_category,
        case when objectives.achieved_on <= quarters.reported_on then objectives.achieved_on end as achieved_on,
        case when objectives.due_on <= quarters.reported_on then objectives.due_on end as passed_due_on
    from quarters
    inner join objectives
        on quarters.reported_on >= objectives.created_on
    left join categories
        on lower(trim(objectives.metric_name)) = categories.metric_name
),

judged as (
    select
        reported.*,
        coalesce(reported.achieved_on >= reported.quarter, false) as is_achieved_in_quarter,
        coalesce(reported.achieved_on >= reported.quarter, true) as is_in_plan,
        reported.passed_due_on is not null as is_due,
        coalesce(
            reported.reported_on
            < cast(
                coalesce(reported.achieved_on, reported.passed_due_on)
                + settings.value_in_force_months * interval '1' month as date
            ),
            false
        ) as is_in_force
    from reported
    cross join settings
),

valued as (
    select
        judged.*,
        case
            when judged.achieved_on is not null and judged.is_in_force then judged.value_amount
            when judged.value_amount is not null then 0
        end as value_in_force
    from judged
),

final as (
    select
        valued.account_id,
        valued.quarter,
        count_if(valued.is_in_plan) as objectives,
        count_if(valued.is_achieved_in_quarter) as achieved,
        round(avg(case when valued.is_achieved_in_quarter then valued.improvement end), 9) as improvement,
        {% for category in categories %}
        sum(case when valued.value_category = '{{ category }}' then valued.value_in_force end) as {{ category }},
        {% endfor %}
        sum(valued.value_in_force) as value_amount,
        count_if(valued.is_due and valued.is_in_force and valued.value_amount is not null) as due_in_force
    from valued
    group by valued.account_id, valued.quarter
)

select * from final
