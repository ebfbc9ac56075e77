-- Weights sum to 1, every metric that is weighed has bands or words for all that it can be, and every number is there.
{% set words, activity_types, settings_named = {}, [], [] %}
{% if execute %}
{% do words.update({'growth_potential': raw_contract('crm', 'accounts').columns.growth_potential['values']}) %}
{% do words.update({'renewal_sentiment': raw_contract('crm', 'pulses').columns.renewal_sentiment['values']}) %}
{% do activity_types.extend(raw_contract('crm', 'activities').columns.activity_type['values']) %}
{% do settings_named.extend(adapter.get_columns_in_relation(ref('policy_health_settings')) | map(attribute='name')) %}
{% endif %}
with

weights as (
    select
        weights.*,
        weights.scheme || ', ' || coalesce(weights.touch_tier, 'all tiers') || ', ' || weights.component as place
    from {{ ref('policy_health_weights') }} as weights
),

metric_weights as (
    select
        metric_weights.*,
        metric_weights.scheme || ', ' || metric_weights.component || ', ' || metric_weights.metric as place
    from {{ ref('policy_health_metric_weights') }} as metric_weights
),

bands as (
    select
        bands.*,
        bands.metric || ', ' || coalesce(bands.value_text, cast(bands.min_value as string), 'no value') as place
    from {{ ref('policy_health_metric_bands') }} as bands
),

word_bands as (
    select
        bands.metric,
        bands.value_text,
        bands.place
    from bands
    where bands.value_text is not null
),

metrics as (
    select * from {{ ref('policy_health_metrics') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

activity_kinds as (
    select * from {{ ref('policy_activity_kinds') }}
),

touch_tiers as (
    select cuts.tier from {{ ref('policy_touch_score_cuts') }} as cuts
    union all
    select '(none)' as tier
),

tiered_schemes as (
    select distinct weights.scheme
    from weights
    where weights.touch_tier is not null
),

contract_words as (
    select
        cast(null as string) as metric,
        cast(null as string) as value_text
    {% for metric, values in words.items() %}
    {% for value in values %}
    union all
    select '{{ metric }}' as metric, '{{ value }}' as value_text
    {% endfor %}
    {% endfor %}
),

weight_flaws as (
    select
        'health_weights: a weight is not a number above 0' as flaw,
        weights.place
    from weights
    where not coalesce(weights.weight > 0, false)
    union all
    select
        'health_weights: weights do not sum to 1' as flaw,
        weights.scheme || ', ' || coalesce(weights.touch_tier, 'all tiers') || ': ' || cast(round(sum(weights.weight), 9) as string) as place
    from weights
    group by weights.scheme, weights.touch_tier
    having round(sum(weights.weight), 9) <> 1
    union all
    select
        'health_weights: a touch tier is absent' as flaw,
        tiered_schemes.scheme || ', ' || touch_tiers.tier as place
    from tiered_schemes
    cross join touch_tiers
    left join weights
        on tiered_schemes.scheme = weights.scheme
        and touch_tiers.tier = weights.touch_tier
    where weights.scheme is null
    union all
    select
        'health_weights: no such touch tier' as flaw,
        weights.place
    from weights
    left join touch_tiers
        on weights.touch_tier = touch_tiers.tier
    where weights.touch_tier is not null and touch_tiers.tier is null
    union all
    select
        'health_weights: a row for all tiers in a scheme that tells them apart' as flaw,
        weights.place
    from weights
    inner join tiered_schemes
        on weights.scheme = tiered_schemes.scheme
    where weights.touch_tier is null
    union all
    select
        'health_weights: the scheme in use (var health_scheme) is absent' as flaw,
        {{ quoted_text(var("health_scheme")) }} as place
    from weights
    having count(*) filter (where weights.scheme = {{ quoted_text(var("health_scheme")) }}) = 0
    union all
    select
        'health_weights: a component without metrics in health_metric_weights' as flaw,
        weights.place
    from weights
    left join metric_weights
        on weights.scheme = metric_weights.scheme
        and weights.component = metric_weights.component
    where metric_weights.metric is null
    union all
    select
        'health_metric_weights: no such scheme and component in health_weights' as flaw,
        metric_weights.place
    from metric_weights
    left join weights
        on metric_weights.scheme = weights.scheme
        and metric_weights.component = weights.component
    where weights.component is null
    union all
    select
        'health_metric_weights: a weight is not a number above 0' as flaw,
        metric_weights.place
    from metric_weights
    where not coalesce(metric_weights.weight > 0, false)
    union all
    select
        'health_metric_weights: no such metric in health_metrics' as flaw,
        metric_weights.place
    from metric_weights
    left join metrics
        on metric_weights.metric = metrics.metric
    where metrics.metric is null
    union all
    select
        'health_metric_weights: a metric without bands in health_metric_bands' as flaw,
        metric_weights.place
    from metric_weights
    left join bands
        on metric_weights.metric = bands.metric
    where bands.metric is null
),

band_flaws as (
    select
        'health_metric_bands: no such metric in health_metrics' as flaw,
        bands.place
    from bands
    left join metrics
        on bands.metric = metrics.metric
    where metrics.metric is null
    union all
    select
        'health_metric_bands: a score is not a number from 0 to 100' as flaw,
        bands.place
    from bands
    where not coalesce(bands.score between 0 and 100, false)
    union all
    select
        'health_metric_bands: a number has a least value, a word its text, and none has both' as flaw,
        bands.place
    from bands
    inner join metrics
        on bands.metric = metrics.metric
    where (metrics.lowest_value is null) <> (bands.min_value is null) or (metrics.lowest_value is null) = (bands.value_text is null)
    union all
    select
        'health_metric_bands: the lowest band does not start at lowest_value of health_metrics' as flaw,
        bands.metric as place
    from bands
    inner join metrics
        on bands.metric = metrics.metric
    group by bands.metric, metrics.lowest_value
    having min(bands.min_value) <> metrics.lowest_value
    union all
    select
        'health_metric_bands: a usage metric does not score 0 at 0' as flaw,
        metrics.metric as place
    from metrics
    left join bands
        on metrics.metric = bands.metric
        and bands.min_value = 0
        and bands.score = 0
    where metrics.is_usage and bands.metric is null
    union all
    select
        'health_metric_bands: a word and the raw contract do not agree' as flaw,
        coalesce(contract_words.metric || ', ' || contract_words.value_text, word_bands.place) as place
    from contract_words
    full outer join word_bands
        on contract_words.metric = word_bands.metric
        and contract_words.value_text = word_bands.value_text
    where coalesce(contract_words.metric, word_bands.metric) is not null
        and (contract_words.metric is null or word_bands.metric is null)
),

number_flaws as (
    select
        'health_metrics: a label, is_usage or has_history is absent' as flaw,
        metrics.metric as place
    from metrics
    where metrics.label is null or metrics.is_usage is null or metrics.has_history is null
    union all
    select
        'health_metrics: window_days of product use are not usage_window_days of health_settings' as flaw,
        metrics.metric as place
    from metrics
    cross join settings
    where (metrics.is_usage or metrics.metric in ('user_growth', 'usage_growth'))
        and metrics.window_days is distinct from settings.usage_window_days
    union all
    select
        'health_metrics: window_days are not a number above 0' as flaw,
        metrics.metric as place
    from metrics
    where not coalesce(metrics.window_days > 0, false)
        and metrics.metric in (
            'nps', 'csat', 'csm_sentiment', 'executive_engagement', 'renewal_sentiment', 'meeting_attendance', 'training_attendance',
            'community_participation', 'email_engagement', 'ticket_trend', 'escalation_rate', 'resolution_hours', 'ticket_sentiment'
        )
    {% for setting in settings_named %}
    union all
    select
        'health_settings: a setting is absent or not a number' as flaw,
        '{{ setting }}' as place
    from settings
    where not coalesce(settings.{{ setting }} >= 0, false)
    {% endfor %}
    {% for activity_type in activity_types %}
    union all
    select
        'activity_kinds: a type of the raw contract has no kind' as flaw,
        '{{ activity_type }}' as place
    from activity_kinds
    having count(*) filter (where activity_kinds.activity_type = '{{ activity_type }}') = 0
    {% endfor %}
    union all
    select
        'activity_kinds: no such kind' as flaw,
        activity_kinds.activity_type || ', ' || activity_kinds.kind as place
    from activity_kinds
    where not coalesce(activity_kinds.kind in ('meeting', 'training', 'community', 'email', 'other'), false)
)

select * from weight_flaws
union all
select * from band_flaws
union all
select * from number_flaws
