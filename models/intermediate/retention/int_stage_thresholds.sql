-- The thresholds of the company's own stage, as one row.
with

stage_thresholds as (
    select * from {{ ref('policy_stage_thresholds') }}
),

final as (
    select
        max(case when stage_thresholds.figure = 'grr' then stage_thresholds.healthy end) as grr_healthy,
        max(case when stage_thresholds.figure = 'grr' then stage_thresholds.concerning end) as grr_concerning,
        max(case when stage_thresholds.figure = 'nrr' then stage_thresholds.healthy end) as nrr_healthy,
        max(case when stage_thresholds.figure = 'nrr' then stage_thresholds.concerning end) as nrr_concerning,
        max(case when stage_thresholds.figure = 'logo_retention' then stage_thresholds.healthy end) as logo_retention_healthy,
        max(case when stage_thresholds.figure = 'logo_retention' then stage_thresholds.concerning end) as logo_retention_concerning
    from stage_thresholds
    where stage_thresholds.stage = {{ quoted_text(var("company_stage")) }}
)

select * from final
