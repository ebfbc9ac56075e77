-- Rates cover every movement but the churn of renewals, and of the risk levels only that of rank 0 has no condition.
with

pairs as (
    {% for phase in ['evergreen', 'between', 'renewal'] %}
    {% for movement in ['churn', 'contraction', 'expansion'] if (phase, movement) != ('renewal', 'churn') %}
    select '{{ phase }}' as phase, '{{ movement }}' as movement
    {{ 'union all' if not loop.last }}
    {% endfor %}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    'forecast_rates' as file,
    coalesce(pairs.phase || ',' || pairs.movement, rates.phase || ',' || rates.movement) as place,
    case
        when rates.phase is null then 'the row is missing'
        else 'renewal_probabilities states this one'
    end as violation
from pairs
full outer join {{ ref('policy_forecast_rates') }} as rates
    on pairs.phase = rates.phase
    and pairs.movement = rates.movement
where pairs.phase is null or rates.phase is null
union all
select
    'risk_levels' as file,
    levels.risk_level as place,
    case
        when levels.risk_rank = 0 then 'expected no condition because rank 0 always holds'
        else 'expected a condition'
    end as violation
from {{ ref('policy_risk_levels') }} as levels
where (levels.risk_rank = 0)
    <> (levels.below_score is null and levels.within_days is null and not levels.on_cancel_request)
