-- All metrics in one long table, each with the score of its band or word.
with

bands as (
    select * from {{ ref('policy_health_metric_bands') }}
),

measured as (
    {% for family in ['usage', 'surveys', 'pulses', 'contacts', 'activities', 'tickets', 'billing', 'accounts'] %}
    select * from {{ ref('int_metrics_' ~ family) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        measured.snapshot_date,
        measured.account_id,
        measured.metric,
        measured.value,
        measured.value_text,
        coalesce(words.score, bands.score) as metric_score
    from measured
    -- Two joins, because one join with `or` would compare every row with every band.
    left join bands
        on measured.metric = bands.metric
        and measured.value >= bands.min_value
        and measured.value < coalesce(bands.below_value, cast('infinity' as double))
    left join bands as words
        on measured.metric = words.metric
        and measured.value_text = words.value_text
)

select * from final
