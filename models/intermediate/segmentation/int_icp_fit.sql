-- Fit with the ideal customer, 0 to 10. It is the weights of signals that hold divided by those of assessed signals.
with

assessments as (
    select * from {{ ref('stg_crm__icp_assessments') }}
),

weights as (
    select * from {{ ref('policy_icp_weights') }}
),

fit_bands as (
    select * from {{ ref('policy_icp_fit_bands') }}
),

signals as (
    {% for signal, column in {
        'target_industry': 'in_target_industry',
        'target_size': 'in_target_size_range',
        'target_workflow': 'uses_target_workflow',
        'executive_sponsor': 'has_executive_sponsor',
        'advocates': 'advocates_publicly',
        'expansion_potential': 'expansion_potential_high',
        'competitor_concentration_low': 'competitor_concentration_low',
    }.items() %}
    select
        assessments.account_id,
        assessments.assessed_on,
        '{{ signal }}' as signal,
        assessments.{{ column }} as holds
    from assessments
    where assessments.{{ column }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

scored as (
    select
        signals.account_id,
        signals.assessed_on,
        round(
            10 * sum(case when signals.holds then weights.weight else 0 end) / nullif(sum(weights.weight), 0), 9
        ) as icp_fit_score,
        count_if(signals.signal = 'expansion_potential' and signals.holds) > 0 as has_expansion_potential
    from signals
    inner join weights
        on signals.signal = weights.signal
    group by signals.account_id, signals.assessed_on
),

final as (
    select
        scored.account_id,
        scored.assessed_on,
        lead(scored.assessed_on) over (partition by scored.account_id order by scored.assessed_on) as superseded_on,
        scored.icp_fit_score,
        fit_bands.fit as icp_fit,
        scored.has_expansion_potential
    from scored
    inner join fit_bands
        on scored.icp_fit_score >= fit_bands.min_score
        and (fit_bands.below_score is null or scored.icp_fit_score < fit_bands.below_score)
)

select * from final
