-- The row shows the share of scored customers below flagged_below_score, though nearly all customers stayed for a year.
-- Such scores measure the data rather than the customers, and a CSM stops reading them.
-- Look first at the coverage in fct_health_scores, then at the bands of the metrics in fct_health_drivers.
{{ config(severity='warn') }}
with

run_context as (
    select * from {{ ref('int_run_context') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

retention as (
    select retention.logo_retention
    from {{ ref('fct_retention') }} as retention
    inner join run_context
        on retention.month = run_context.last_complete_month
    where retention.window_months = 12
        and retention.segment_type = 'all'
),

scored as (
    select
        count(*) as customers,
        cast(count_if(scores.health_score < settings.flagged_below_score) as double) / nullif(count(*), 0) as low_share
    from {{ ref('fct_health_scores') }} as scores
    inner join run_context
        on scores.snapshot_date = run_context.as_of_date
    cross join settings
    where scores.is_active_scheme
        and not scores.is_low_confidence
)

select
    scored.customers,
    scored.low_share,
    retention.logo_retention
from scored
cross join retention
cross join settings
where round(scored.low_share, 9) > settings.doubtful_low_share
    and round(retention.logo_retention, 9) > settings.doubtful_logo_retention
