-- Schemes cover the touch tiers, names refer to rows that exist, and bands cover all that a metric can be.
{% set words, activity_types = {}, [] %}
{% if execute %}
{% do words.update({'growth_potential': raw_contract('crm', 'accounts').columns.growth_potential['values']}) %}
{% do words.update({'renewal_sentiment': raw_contract('crm', 'pulses').columns.renewal_sentiment['values']}) %}
{% do activity_types.extend(raw_contract('crm', 'activities').columns.activity_type['values']) %}
{% endif %}
with

weights as (
    select * from {{ ref('policy_health_weights') }}
),

bands as (
    select * from {{ ref('policy_health_metric_bands') }}
),

metrics as (
    select * from {{ ref('policy_health_metrics') }}
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
    where false
    {% for metric, values in words.items() %}
    {% for value in values %}
    union all
    select '{{ metric }}' as metric, '{{ value }}' as value_text
    {% endfor %}
    {% endfor %}
)

select
    'health_weights' as file,
    tiered_schemes.scheme || ',' || touch_tiers.tier as place,
    'no row has this touch tier, expected rows of every tier and of (none)' as violation
from tiered_schemes
cross join touch_tiers
left join weights
    on tiered_schemes.scheme = weights.scheme
    and touch_tiers.tier = weights.touch_tier
where weights.scheme is null
union all
select
    'health_weights' as file,
    weights.scheme || ',,' || weights.component as place,
    'touch_tier is missing, expected one because other rows of the scheme have one' as violation
from weights
inner join tiered_schemes
    on weights.scheme = tiered_schemes.scheme
where weights.touch_tier is null
union all
{{ policy_references('health_weights', ['scheme', 'component'], 'health_metric_weights') }}
union all
{{ policy_references('health_metric_weights', ['scheme', 'component'], 'health_weights') }}
union all
{{ policy_references('health_metric_weights', ['metric'], 'health_metrics') }}
union all
{{ policy_references('health_metric_weights', ['metric'], 'health_metric_bands') }}
union all
{{ policy_references('health_metric_bands', ['metric'], 'health_metrics') }}
union all
select
    'health_metric_bands' as file,
    bands.metric || ',' || coalesce(bands.value_text, cast(bands.min_value as string), '') as place,
    'expected only ' || case when metrics.lowest_value is null then 'value_text' else 'min_value' end as violation
from bands
inner join metrics
    on bands.metric = metrics.metric
where (metrics.lowest_value is null) <> (bands.min_value is null)
    or (metrics.lowest_value is null) = (bands.value_text is null)
union all
select
    'health_metric_bands' as file,
    bands.metric as place,
    'the lowest min_value is ' || min(bands.min_value)
    || ', expected ' || metrics.lowest_value || ' as lowest_value of health_metrics' as violation
from bands
inner join metrics
    on bands.metric = metrics.metric
group by bands.metric, metrics.lowest_value
having min(bands.min_value) <> metrics.lowest_value
union all
select
    'health_metric_bands' as file,
    metrics.metric || ',0' as place,
    'no row scores 0, expected one because no activity scores 0' as violation
from metrics
left join bands
    on metrics.metric = bands.metric
    and bands.min_value = 0
    and bands.score = 0
where metrics.is_usage and bands.metric is null
union all
select
    'health_metric_bands' as file,
    coalesce(contract_words.metric, bands.metric) || ','
    || coalesce(contract_words.value_text, bands.value_text) as place,
    case when bands.metric is null then 'the row is missing' else 'the raw contract has no such word' end as violation
from contract_words
full outer join bands
    on contract_words.metric = bands.metric
    and contract_words.value_text = bands.value_text
where contract_words.metric is null and bands.value_text is not null or bands.metric is null
union all
select
    'health_metrics' as file,
    metrics.metric as place,
    'window_days is ' || metrics.window_days
    || ', expected none because usage_window_days of health_settings counts' as violation
from metrics
where (metrics.is_usage or metrics.metric in ('user_growth', 'usage_growth', 'ticket_trend'))
    and metrics.window_days is not null
{% for activity_type in activity_types %}
union all
select
    'activity_kinds' as file,
    '{{ activity_type }}' as place,
    'the row is missing' as violation
from activity_kinds
having count_if(activity_kinds.activity_type = '{{ activity_type }}') = 0
{% endfor %}
