-- The thresholds of the company's own stage, as one row.
with

thresholds as (
    select * from {{ ref('policy_stage_thresholds') }}
),

final as (
    select
        max(case when thresholds.figure = 'grr' then thresholds.healthy end) as grr_healthy,
        max(case when thresholds.figure = 'grr' then thresholds.concerning end) as grr_concerning,
        max(case when thresholds.figure = 'nrr' then thresholds.healthy end) as nrr_healthy,
        max(case when thresholds.figure = 'nrr' then thresholds.concerning end) as nrr_concerning,
        max(case when thresholds.figure = 'logo_retention' then thresholds.healthy end) as logo_retention_healthy,
        max(case when thresholds.figure = 'logo_retention' then thresholds.concerning end) as logo_retention_concerning
    from thresholds
    where thresholds.stage = {{ quoted_text(var("company_stage")) }}
)

select * from final
