-- A row is an account without any use in the window that still scores points on a usage metric.
-- Silence is the strongest sign of churn, so that a score above 0 hides it.
-- Look first at int_usage_windows for the date, then at the metric's model in intermediate/health/metrics.
with

metrics as (
    select * from {{ ref('fct_health_metrics') }}
),

usage_windows as (
    select * from {{ ref('int_usage_windows') }}
),

rules as (
    select * from {{ ref('policy_health_metrics') }}
)

select
    metrics.snapshot_date,
    metrics.account_id,
    metrics.metric,
    metrics.metric_score
from metrics
inner join usage_windows
    on metrics.snapshot_date = usage_windows.snapshot_date
    and metrics.account_id = usage_windows.account_id
inner join rules
    on metrics.metric = rules.metric
where rules.is_usage
    and coalesce(usage_windows.logins, 0) = 0
    and coalesce(usage_windows.feature_events, 0) = 0
    and coalesce(usage_windows.active_users, 0) = 0
    and metrics.metric_score is distinct from 0
