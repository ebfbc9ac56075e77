-- New customers by the quarter of their start, in all touch tiers and by the tier of their start. An exit counts where
-- the company recorded plans, contacts and outcomes: before, a customer could be known only to have missed it.
{% set figures = ['completed_30', 'completed_90', 'first_action_7', 'first_outcome_14'] %}
{% set sums = [
    'trainings_planned', 'trainings_done', 'onboarding_answers', 'nps_answers', 'nps_sum', 'csat_answers', 'csat_sum',
] %}
with

exits as (
    select * from {{ ref('int_onboarding_exits') }}
),

reached as (
    select * from {{ ref('int_onboarding_reached') }}
),

learning as (
    select * from {{ ref('int_onboarding_learning') }}
),

tiered as (
    {% for touch_tier in ["'all'", "coalesce(exits.touch_tier, '(none)')"] %}
    select
        exits.account_id,
        cast(date_trunc('quarter', exits.started_on) as date) as start_quarter,
        {{ touch_tier }} as touch_tier,
        case
            when exits.is_settled
                and exits.plan_agreed is not null
                and exits.stakeholders_known is not null
                and exits.first_value is not null
                then exits.is_exit_met
        end as exit_met
    from exits
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        tiered.start_quarter,
        tiered.touch_tier,
        count(*) as accounts,
        {% for figure in figures %}
        count(reached.{{ figure }}) as {{ figure }}_due,
        sum(reached.{{ figure }}) as {{ figure }},
        {% endfor %}
        {% for column in sums %}
        sum(learning.{{ column }}) as {{ column }},
        {% endfor %}
        count(tiered.exit_met) as exits_judged,
        sum(case when tiered.exit_met then 1 else 0 end) as exits_met
    from tiered
    inner join learning
        on tiered.account_id = learning.account_id
    left join reached
        on tiered.account_id = reached.account_id
    group by tiered.start_quarter, tiered.touch_tier
)

select * from final
