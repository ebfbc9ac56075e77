-- A question without data has null where its value would be.
with

questions as (
    select * from {{ ref('int_org_questions') }}
),

policy_questions as (
    select * from {{ ref('policy_org_questions') }}
),

stages as (
    select * from {{ ref('int_org_stages') }}
),

roles as (
    select * from {{ ref('int_org_roles') }}
),

ratios as (
    select * from {{ ref('int_org_ratios') }}
),

team as (
    select * from {{ ref('int_org_team') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

measured as (
    select * from ratios
    union all
    select * from team
),

answered as (
    select
        questions.question,
        questions.topic,
        questions.label,
        questions.sort_order,
        questions.display_format,
        questions.unblocks,
        coalesce(questions.unit, roles.unit) as unit,
        coalesce(stages.value, roles.value, measured.value) as value,
        coalesce(stages.range_low, roles.range_low, policy_questions.range_low) as range_low,
        coalesce(stages.range_high, policy_questions.range_high) as range_high,
        roles.display_range as display_trigger,
        roles.met_since,
        roles.people,
        case
            when questions.topic in ('ratio', 'span')
                then {{ range_verdict('measured.value', 'policy_questions.range_low', 'policy_questions.range_high') }}
            when questions.question = 'break_even_points'
                then
                    case
                        when measured.value < policy_questions.range_low then 'pays_back'
                        when measured.value <= policy_questions.range_high then 'depends'
                        when measured.value > policy_questions.range_high then 'costs_more'
                    end
            else coalesce(stages.verdict, roles.verdict)
        end as verdict,
        case
            when questions.topic = 'role' then 'Due ' || roles.display_range || '. '
            when policy_questions.min_arr = 0
                then 'Accounts below ' || {{ short_amount_text('policy_questions.below_arr') }} || ' ARR. '
            when policy_questions.below_arr is null and questions.topic = 'ratio'
                then 'Accounts from ' || {{ short_amount_text('policy_questions.min_arr') }} || ' ARR on. '
            when questions.topic = 'ratio'
                then 'Accounts from ' || {{ short_amount_text('policy_questions.min_arr') }}
                    || ' to ' || {{ short_amount_text('policy_questions.below_arr') }} || ' ARR. '
            else ''
        end || coalesce(stages.rule, policy_questions.rule) as rule
    from questions
    left join policy_questions
        on questions.question = policy_questions.question
    left join stages
        on questions.question = stages.question
    left join roles
        on questions.question = roles.question
    left join measured
        on questions.question = measured.question
),

displayed as (
    select
        answered.*,
        run_context.reporting_currency,
        {% for value in ['value', 'range_low', 'range_high'] %}
        {{ display_text(
            'answered.' ~ value, 'answered.display_format', 'answered.unit', 'run_context.reporting_currency'
        ) }}{{ " || case when answered.unit = 'points' then ' points' else '' end" if value == 'value' }}
            as display_{{ value }},
        {% endfor %}
        cast(row_number() over (order by answered.sort_order, answered.question) as int) as place
    from answered
    cross join run_context
),

final as (
    select
        displayed.question,
        displayed.topic,
        displayed.label,
        displayed.place as sort_order,
        displayed.value,
        displayed.unit,
        displayed.display_value,
        displayed.range_low,
        displayed.range_high,
        coalesce(
            displayed.display_trigger,
            displayed.display_range_low || ' to ' || displayed.display_range_high,
            'at least ' || displayed.display_range_low
        ) as range,
        displayed.verdict,
        displayed.rule,
        displayed.met_since,
        cast(displayed.people as bigint) as people_in_role,
        displayed.unblocks,
        displayed.reporting_currency
    from displayed
)

select * from final
