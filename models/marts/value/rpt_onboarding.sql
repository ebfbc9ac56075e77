-- A rate counts the customers whose day has passed. Targets are those of the policy for all touch tiers.
{% set figures = ['completed_30', 'completed_90', 'first_action_7', 'first_outcome_14'] %}
{% set survey_types = ['nps', 'csat'] %}
with

onboarding as (
    select * from {{ ref('int_onboarding_by_quarter') }}
),

onboarding_targets as (
    select * from {{ ref('policy_onboarding_targets') }}
),

benchmarks as (
    select * from {{ ref('policy_benchmarks') }}
),

targets as (
    select
        {% for figure in figures %}
        max(case when onboarding_targets.figure = '{{ figure }}' then onboarding_targets.target end)
            as {{ figure }}_target,
        {% endfor %}
        max(case when onboarding_targets.figure = 'training' then onboarding_targets.target end) as training_target
    from onboarding_targets
),

score_targets as (
    select
        max(case when benchmarks.figure = 'nps' then benchmarks.good end) as onboarding_nps_target,
        max(case when benchmarks.figure = 'csat_mean' then benchmarks.good end) as onboarding_csat_target
    from benchmarks
    where benchmarks.segment = 'all'
),

measured as (
    select
        onboarding.*,
        {% for figure in figures %}
        round(cast(onboarding.{{ figure }} as double) / nullif(onboarding.{{ figure }}_due, 0), 9) as {{ figure }}_rate,
        {% endfor %}
        round(cast(onboarding.trainings_done as double) / nullif(onboarding.trainings_planned, 0), 9) as training_rate,
        {% for survey_type in survey_types %}
        round(cast(onboarding.{{ survey_type }}_sum as double) / nullif(onboarding.{{ survey_type }}_answers, 0), 9)
            as onboarding_{{ survey_type }},
        {% endfor %}
        round(cast(onboarding.exits_met as double) / nullif(onboarding.exits_judged, 0), 9) as exit_met_rate
    from onboarding
),

final as (
    select
        measured.start_quarter,
        measured.touch_tier,
        cast(measured.accounts as bigint) as accounts,
        {% for figure in figures %}
        cast(measured.{{ figure }}_due as bigint) as {{ figure }}_due,
        measured.{{ figure }}_rate,
        targets.{{ figure }}_target,
        measured.{{ figure }}_rate >= targets.{{ figure }}_target as is_{{ figure }}_met,
        {% endfor %}
        cast(measured.trainings_planned as bigint) as trainings_planned,
        cast(measured.trainings_done as bigint) as trainings_done,
        measured.training_rate,
        targets.training_target,
        measured.training_rate >= targets.training_target as is_training_met,
        cast(measured.onboarding_answers as bigint) as onboarding_answers,
        {% for survey_type in survey_types %}
        cast(measured.{{ survey_type }}_answers as bigint) as onboarding_{{ survey_type }}_answers,
        measured.onboarding_{{ survey_type }},
        score_targets.onboarding_{{ survey_type }}_target,
        measured.onboarding_{{ survey_type }} >= score_targets.onboarding_{{ survey_type }}_target
            as is_onboarding_{{ survey_type }}_met,
        {% endfor %}
        cast(measured.exits_judged as bigint) as exits_judged,
        measured.exit_met_rate
    from measured
    cross join targets
    cross join score_targets
)

select * from final
