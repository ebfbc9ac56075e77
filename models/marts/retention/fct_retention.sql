with

measured as (
    select * from {{ ref('int_retention_measured') }}
),

thresholds as (
    select * from {{ ref('int_stage_thresholds') }}
),

labels as (
    select * from {{ ref('int_segment_labels') }}
),

final as (
    select
        cast(measured.window_months as int) as window_months,
        measured.end_month as month,
        measured.segment_type,
        measured.segment,
        coalesce(labels.segment_label, measured.segment) as segment_label,
        cast(measured.starting_mrr as decimal(18, 2)) as starting_mrr,
        cast(measured.churn_mrr as decimal(18, 2)) as churn_mrr,
        cast(measured.contraction_mrr as decimal(18, 2)) as contraction_mrr,
        cast(measured.expansion_mrr as decimal(18, 2)) as expansion_mrr,
        cast(measured.ending_mrr as decimal(18, 2)) as ending_mrr,
        measured.grr,
        measured.nrr,
        measured.logo_retention,
        cast(measured.starting_accounts as bigint) as starting_accounts,
        cast(measured.retained_accounts as bigint) as retained_accounts,
        cast(measured.paused_accounts as bigint) as paused_accounts,
        measured.is_small_sample,
        {% set verdicts = {'grr': 'grr_verdict', 'nrr': 'nrr_verdict', 'logo_retention': 'logo_verdict'} %}
        {% for figure, verdict in verdicts.items() %}
        case
            when measured.window_months <> 12 or measured.is_small_sample or measured.{{ figure }} is null then null
            when measured.{{ figure }} >= thresholds.{{ figure }}_healthy then 'healthy'
            when measured.{{ figure }} >= thresholds.{{ figure }}_concerning then 'concerning'
            else 'critical'
        end as {{ verdict }},
        {% endfor %}
        measured.is_leaky_bucket
    from measured
    cross join thresholds
    left join labels
        on measured.segment_type = labels.segment_type
        and measured.segment = labels.segment
)

select * from final
