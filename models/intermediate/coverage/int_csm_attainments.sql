-- A CSM's result by each metric of the policy. What exceeds the cap counts as the cap.
{% set results = {
    'book_grr': 'book_grr', 'book_nrr': 'book_nrr', 'expansion_influenced': 'expansion_rate',
    'mean_health': 'mean_health', 'renewal_rate': 'renewal_rate',
} %}
with

csm_results as (
    select * from {{ ref('int_csm_results') }}
),

incentives as (
    select * from {{ ref('policy_csm_incentives') }}
),

settings as (
    select * from {{ ref('policy_coverage_settings') }}
),

actuals as (
    {% for metric, result in results.items() %}
    select
        csm_results.csm_id,
        '{{ metric }}' as metric,
        cast(csm_results.{{ result }} as double) as actual
    from csm_results
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        actuals.csm_id,
        actuals.metric,
        actuals.actual,
        incentives.target,
        incentives.weight,
        case
            when actuals.actual is not null
                then round(least(actuals.actual / incentives.target, settings.attainment_cap), 9)
        end as attainment
    from actuals
    cross join settings
    inner join incentives
        on actuals.metric = incentives.metric
)

select * from final
