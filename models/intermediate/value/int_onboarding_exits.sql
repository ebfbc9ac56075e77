-- The exit from onboarding asks for all five criteria, and a customer that left before has not made it.
{% set criteria = ['plan_agreed', 'stakeholders_known', 'first_value', 'adoption', 'health'] %}
with

facts as (
    select * from {{ ref('int_onboarding_facts') }}
),

settings as (
    select * from {{ ref('policy_lifecycle_settings') }}
),

judged as (
    select
        facts.*,
        case when facts.records_plans then coalesce(facts.plan_agreed_on <= facts.judged_on, false) end as plan_agreed,
        facts.contacts_known >= settings.onboarding_min_contacts as stakeholders_known,
        case when facts.records_values then coalesce(facts.first_value_on <= facts.judged_on, false) end as first_value,
        facts.adoption_rate > settings.onboarding_above_adoption as adoption,
        facts.health_score > settings.onboarding_above_health as health
    from facts
    cross join settings
),

-- Where no criterion is known to be missed and one is unknown, nobody can say whether all are met.
final as (
    select
        judged.account_id,
        judged.touch_tier,
        judged.started_on,
        judged.judged_on,
        judged.is_settled,
        {% for criterion in criteria %}
        judged.{{ criterion }},
        {% endfor %}
        {% for criterion in criteria %}
        case when judged.{{ criterion }} then 1 else 0 end{{ ' as criteria_met,' if loop.last else ' +' }}
        {% endfor %}
        not judged.has_left_before
        {% for criterion in criteria %}
        and judged.{{ criterion }}{{ ' as is_exit_met,' if loop.last }}
        {% endfor %}
        judged.plan_agreed_on,
        judged.contacts_known,
        judged.first_value_on,
        judged.adoption_rate,
        judged.health_score
    from judged
)

select * from final
