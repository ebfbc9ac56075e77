-- Names that policy files give to their rows. ARR tiers are named by their range.
{% set files = {
    'playbook': ('policy_playbooks', 'playbook', 'label', 'urgency'),
    'indicator': ('policy_leading_indicators', 'indicator', 'label', none),
    'metric': ('policy_health_metrics', 'metric', 'label', none),
    'expansion_signal': ('policy_expansion_signals', 'signal', 'label', none),
    'reason_category': ('policy_churn_reason_categories', 'category', 'label', none),
    'review_criterion': ('policy_review_criteria', 'criterion', 'label', 'action_rank'),
    'figure': ('policy_scorecard_figures', 'figure', 'label', 'sort_order'),
} %}
with

scorecard_figures as (
    select * from {{ ref('policy_scorecard_figures') }}
),

metric_bands as (
    select * from {{ ref('policy_health_metric_bands') }}
),

arr_tier_cuts as (
    select * from {{ ref('policy_arr_tier_cuts') }}
),

-- A metric is better the way its score rises.
metric_directions as (
    select
        metric_bands.metric as code,
        case
            when max_by(metric_bands.score, metric_bands.min_value) > min_by(metric_bands.score, metric_bands.min_value)
                then 'higher'
            when max_by(metric_bands.score, metric_bands.min_value) < min_by(metric_bands.score, metric_bands.min_value)
                then 'lower'
            else 'none'
        end as better
    from metric_bands
    where metric_bands.min_value is not null
    group by metric_bands.metric
),

directions as (
    select
        'metric' as domain,
        metric_directions.code,
        metric_directions.better
    from metric_directions
    union all
    select
        'figure' as domain,
        scorecard_figures.figure as code,
        scorecard_figures.direction as better
    from scorecard_figures
),

arr_tiers as (
    select
        case
            when arr_tier_cuts.scheme = {{ quoted_text(var("arr_tier_scheme")) }} then 'arr_tier'
            else 'arr_tier_' || arr_tier_cuts.scheme
        end as tier_scheme,
        arr_tier_cuts.scheme,
        arr_tier_cuts.tier,
        arr_tier_cuts.min_arr,
        {{ arr_range_text('arr_tier_cuts') }} as arr_range
    from arr_tier_cuts
),

named as (
    {% for domain, (model, code, label, rank) in files.items() %}
    select
        '{{ domain }}' as domain,
        {{ model }}.{{ code }} as code,
        {{ model }}.{{ label }} as label,
        cast({{ model ~ '.' ~ rank if rank else 0 }} as double) as given_order
    from {{ ref(model) }} as {{ model }}
    union all
    {% endfor %}
    select
        arr_tiers.tier_scheme as domain,
        arr_tiers.tier as code,
        arr_tiers.arr_range as label,
        -arr_tiers.min_arr as given_order
    from arr_tiers
    union all
    select distinct
        'tier_scheme' as domain,
        arr_tiers.tier_scheme as code,
        'ARR tier, scheme ' || arr_tiers.scheme as label,
        0 as given_order
    from arr_tiers
    where arr_tiers.tier_scheme <> 'arr_tier'
),

final as (
    select
        named.domain,
        named.code,
        -- An unknown reason comes last.
        cast(
            row_number() over (
                partition by named.domain
                order by
                    case when named.code = 'unknown' then 1 else 0 end,
                    named.given_order,
                    lower(named.label),
                    named.code
            ) as int
        ) as sort_order,
        upper(substr(named.label, 1, 1)) || substr(named.label, 2) as label,
        directions.better
    from named
    left join directions
        on named.domain = directions.domain
        and named.code = directions.code
    where named.label is not null
)

select * from final
