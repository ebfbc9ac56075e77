-- Weights sum to 1, bands and tiers start at 0, every factor, signal, word, tier and setting is there, and nothing that no model knows.
{{ policy_violations({
    'touch_score_weights': ('rows_found.factor', ['arr', 'complexity', 'growth', 'strategic']),
    'touch_score_bands': ("rows_found.signal || coalesce(' ' || rows_found.value_text, '')", [
        'arr', 'integrations', 'departments', 'contacts', 'growth_potential low', 'growth_potential medium', 'growth_potential high',
    ]),
    'touch_score_cuts': ('rows_found.tier', ['high_touch', 'low_touch', 'tech_touch']),
    'icp_weights': ('rows_found.signal', [
        'target_industry', 'target_size', 'target_workflow', 'executive_sponsor', 'advocates', 'expansion_potential', 'competitor_concentration_low',
    ]),
    'icp_fit_bands': ('rows_found.fit', ['strong', 'decent', 'poor']),
    'investment_tiers': ('rows_found.tier', ['strategic', 'enterprise', 'mid_market', 'smb']),
    'expansion_signals': ('rows_found.signal', [
        'limit_near', 'seats_nearly_full', 'user_growth', 'gateway_feature_used', 'nps_promoter', 'champion_promoted', 'new_use_case',
        'department_interest', 'contract_anniversary',
    ]),
}) }}
union all
select
    'touch_score_weights: the weights do not sum to 1' as flaw,
    cast(sum(weights.weight) as string) as place
from {{ ref('policy_touch_score_weights') }} as weights
having not coalesce(abs(sum(weights.weight) - 1) < 0.000001, false)
union all
select
    'touch_score_weights: a weight is not a share, or arr has none, which is all that some accounts have' as flaw,
    weights.factor as place
from {{ ref('policy_touch_score_weights') }} as weights
where not coalesce(weights.weight between 0 and 1, false) or (weights.factor = 'arr' and weights.weight = 0)
union all
select
    'touch_score_bands: the lowest band of a signal does not start at 0' as flaw,
    bands.signal as place
from {{ ref('policy_touch_score_bands') }} as bands
where bands.signal <> 'growth_potential'
group by bands.signal
having not coalesce(min(bands.min_value) = 0, false) or count(bands.min_value) <> count(*)
union all
select
    'touch_score_bands: a score is not within 0 and 100, or a signal stands under another factor' as flaw,
    bands.factor || ' ' || bands.signal as place
from {{ ref('policy_touch_score_bands') }} as bands
where not coalesce(bands.score between 0 and 100, false)
    or bands.factor is distinct from
    case bands.signal when 'arr' then 'arr' when 'growth_potential' then 'growth' else 'complexity' end
union all
select
    'touch_score_cuts: the lowest tier does not start at 0, or two tiers start alike' as flaw,
    cast(min(cuts.min_score) as string) as place
from {{ ref('policy_touch_score_cuts') }} as cuts
having not coalesce(min(cuts.min_score) = 0, false) or count(distinct cuts.min_score) <> count(*)
union all
{{ policy_setting_violations('touch_score_settings', [
    ('decisive_points', 0, 100), ('decisive_month_ends', 1, 12), ('signal_alone_score', 0, 100), ('signal_bonus', 0, 100), ('designated_score', 0, 100),
]) }}
union all
select
    'icp_weights: a weight is not above 0' as flaw,
    weights.signal as place
from {{ ref('policy_icp_weights') }} as weights
where not coalesce(weights.weight > 0, false)
union all
select
    'icp_fit_bands: the lowest band does not start at 0, or two bands start alike' as flaw,
    cast(min(bands.min_score) as string) as place
from {{ ref('policy_icp_fit_bands') }} as bands
having not coalesce(min(bands.min_score) = 0, false) or count(distinct bands.min_score) <> count(*)
union all
select
    'investment_tiers: the shares do not sum to 1' as flaw,
    cast(sum(tiers.share) as string) as place
from {{ ref('policy_investment_tiers') }} as tiers
having not coalesce(sum(tiers.share) = 1, false)
union all
select
    'investment_tiers: the lowest floor is not 0, or two floors are alike' as flaw,
    cast(min(tiers.min_arr) as string) as place
from {{ ref('policy_investment_tiers') }} as tiers
having not coalesce(min(tiers.min_arr) = 0, false) or count(distinct tiers.min_arr) <> count(*)
union all
select
    'investment_tiers: a share is not above 0, or the annual investment runs backwards' as flaw,
    tiers.tier as place
from {{ ref('policy_investment_tiers') }} as tiers
where not coalesce(tiers.share > 0, false) or not coalesce(tiers.annual_investment_low <= tiers.annual_investment_high, true)
union all
select
    'expansion_signals: a signal has not the threshold that it needs, above 0' as flaw,
    signals.signal as place
from {{ ref('policy_expansion_signals') }} as signals
where signals.signal in ('limit_near', 'seats_nearly_full', 'user_growth', 'gateway_feature_used', 'nps_promoter')
    and not coalesce(signals.threshold > 0, false)
union all
select
    'expansion_signals: a signal has not the window that it needs, above 0' as flaw,
    signals.signal as place
from {{ ref('policy_expansion_signals') }} as signals
where signals.signal not in ('limit_near', 'seats_nearly_full', 'user_growth', 'gateway_feature_used', 'nps_promoter')
    and not coalesce(signals.window_days > 0, false)
