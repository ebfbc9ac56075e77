-- All metrics in one long shape, each with the score of the band, or of the word, that it falls into.
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
        bands.score as metric_score
    from measured
    left join bands
        on measured.metric = bands.metric
        and (
            measured.value_text = bands.value_text
            or (measured.value >= bands.min_value and (bands.below_value is null or measured.value < bands.below_value))
        )
)

select * from final
