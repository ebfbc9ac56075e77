-- The customers that speak for us and have a success plan, and the achievements of the plans in the year to each date.
{% set figures = {
    'reference_customers': (
        '%p of %w customers advocate in public.',
        'No assessment says whether a customer advocates in public.',
    ),
    'success_plan_coverage': ('%p of %w customers have a success plan.', 'No success plan is recorded.'),
    'outcome_achievement': (
        '%p of %w objectives that fell due were achieved.',
        'No objective of a success plan fell due.',
    ),
    'validated_roi_share': (
        '%p of %w customers confirmed the value of an achieved objective.',
        'No record says whether a customer confirmed a value.',
    ),
} %}
with

customers as (
    select * from {{ ref('int_customers_measured') }}
),

measured_dates as (
    select * from {{ ref('int_measured_dates') }}
),

recommendations as (
    select * from {{ ref('int_recommendations') }}
),

objectives as (
    select * from {{ ref('int_objectives_known') }}
),

assessments_began as (
    select min(recommendations.snapshot_date) as known_from
    from recommendations
    where recommendations.advocates_publicly is not null
),

objectives_began as (
    select
        min(objectives.created_on) as known_from,
        min(case
            when objectives.is_customer_validated is not null and objectives.value_amount is not null
                then objectives.created_on
        end) as validations_known_from
    from objectives
),

plans as (
    select
        measured_dates.measured_on,
        objectives.account_id,
        count_if(coalesce(
            objectives.achieved_on <= measured_dates.measured_on
            and objectives.is_customer_validated
            and objectives.value_amount is not null, false
        )) as confirmed,
        count_if(objectives.due_on >= measured_dates.year_from and objectives.due_on < measured_dates.day_after) as due,
        count_if(
            objectives.due_on >= measured_dates.year_from
            and objectives.due_on < measured_dates.day_after
            and coalesce(objectives.achieved_on <= measured_dates.measured_on, false)
        ) as due_achieved
    from measured_dates
    inner join objectives
        on measured_dates.measured_on >= objectives.created_on
    group by measured_dates.measured_on, objectives.account_id
),

facts as (
    select
        'reference_customers' as figure,
        customers.measured_on,
        customers.touch_tier,
        case when recommendations.advocates_publicly then 1 else 0 end as part,
        1 as whole
    from customers
    inner join assessments_began
        on customers.measured_on >= assessments_began.known_from
    left join recommendations
        on customers.measured_on = recommendations.snapshot_date
        and customers.account_id = recommendations.account_id
    {% for figure, part, whole, known_from in [
        ('success_plan_coverage', 'case when plans.account_id is not null then 1 else 0 end', '1', 'known_from'),
        ('outcome_achievement', 'coalesce(plans.due_achieved, 0)', 'coalesce(plans.due, 0)', 'known_from'),
        ('validated_roi_share', 'case when plans.confirmed > 0 then 1 else 0 end', '1', 'validations_known_from'),
    ] %}
    union all
    select
        '{{ figure }}' as figure,
        customers.measured_on,
        customers.touch_tier,
        {{ part }} as part,
        {{ whole }} as whole
    from customers
    inner join objectives_began
        on customers.measured_on >= objectives_began.{{ known_from }}
    left join plans
        on customers.measured_on = plans.measured_on
        and customers.account_id = plans.account_id
    {% endfor %}
),

{{ figures_by_tier('facts', figures) }}

select * from final
