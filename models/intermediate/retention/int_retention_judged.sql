-- A tier is judged by its benchmarks, all else by the company's stage. Judged are windows of 12 months over enough
-- accounts. A rating is the word of the band that holds the rate, whatever the segment.
{% set is_tier = "measured.segment_type in ('arr_tier', 'touch_tier', 'investment_tier')" %}
with

measured as (
    select * from {{ ref('int_retention_measured') }}
),

targets as (
    select * from {{ ref('int_retention_targets') }}
),

thresholds as (
    select * from {{ ref('int_stage_thresholds') }}
),

assessment_bands as (
    select * from {{ ref('policy_assessment_bands') }}
),

with_targets as (
    select
        measured.*,
        measured.grr is not null and not measured.is_small_sample as is_judged,
        case when {{ is_tier }} then 'benchmarks' else 'stage_thresholds' end as verdict_source,
        {% for figure in ['grr', 'nrr', 'logo_retention'] %}
        case when {{ is_tier }} then targets.{{ figure }}_good else thresholds.{{ figure }}_healthy end
            as {{ figure }}_target,
        case when {{ is_tier }} then targets.{{ figure }}_acceptable else thresholds.{{ figure }}_concerning end
            as {{ figure }}_acceptable,
        {% endfor %}
        targets.benchmark_segment
    from measured
    cross join thresholds
    left join targets
        on measured.segment_type = targets.segment_type
        and measured.segment = targets.segment
    where measured.window_months = 12
),

ratings as (
    select
        with_targets.end_month,
        with_targets.segment_type,
        with_targets.segment,
        max_by(bands.assessment, bands.min_value) filter (where bands.figure = 'grr') as grr_rating,
        max_by(bands.assessment, bands.min_value) filter (where bands.figure = 'nrr') as nrr_rating
    from with_targets
    cross join assessment_bands as bands
    where with_targets.is_judged
        and case bands.figure
            when 'grr' then {{ reaches_band('round(with_targets.grr, 9)', 'bands') }}
            when 'nrr' then {{ reaches_band('round(with_targets.nrr, 9)', 'bands') }}
        end
    group by with_targets.end_month, with_targets.segment_type, with_targets.segment
),

final as (
    select
        with_targets.window_months,
        with_targets.end_month,
        with_targets.segment_type,
        with_targets.segment,
        with_targets.verdict_source,
        with_targets.benchmark_segment,
        {% set verdicts = {'grr': 'grr_verdict', 'nrr': 'nrr_verdict', 'logo_retention': 'logo_verdict'} %}
        {% for figure, verdict in verdicts.items() %}
        with_targets.{{ figure }}_target,
        with_targets.{{ figure }}_acceptable,
        case
            when not with_targets.is_judged or with_targets.{{ figure }}_target is null then null
            when round(with_targets.{{ figure }}, 9) >= with_targets.{{ figure }}_target then 'healthy'
            when round(with_targets.{{ figure }}, 9) >= with_targets.{{ figure }}_acceptable then 'concerning'
            else 'critical'
        end as {{ verdict }},
        {% endfor %}
        ratings.grr_rating,
        ratings.nrr_rating
    from with_targets
    left join ratings
        on with_targets.end_month = ratings.end_month
        and with_targets.segment_type = ratings.segment_type
        and with_targets.segment = ratings.segment
)

select * from final
