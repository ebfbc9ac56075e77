
-- Who pays on a date, and nobody else, has a row of every scheme; scores are 0 to 100; who has a feed and is silent scores 0 on all use.
with

scores as (
    select * from {{ ref('fct_health_scores') }}
),

metrics as (
    select * from {{ ref('fct_health_metrics') }}
),

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

schemes as (
    select distinct weights.scheme from {{ ref('policy_health_weights') }} as weights
),

silent as (
    select
        windows.snapshot_date,
        windows.account_id
    from {{ ref('int_usage_windows') }} as windows
    where coalesce(windows.logins, 0) = 0 and coalesce(windows.feature_events, 0) = 0 and coalesce(windows.active_users, 0) = 0
)

select
    'not scored, or scored and does not pay' as flaw,
    coalesce(customers.snapshot_date, scores.snapshot_date) as snapshot_date,
    coalesce(customers.account_id, scores.account_id) as account_id,
    coalesce(schemes.scheme, scores.scheme) as place
from customers
cross join schemes
full outer join scores
    on customers.snapshot_date = scores.snapshot_date
    and customers.account_id = scores.account_id
    and schemes.scheme = scores.scheme
where scores.account_id is null or customers.account_id is null
union all
select
    'a score or a coverage out of its range' as flaw,
    scores.snapshot_date,
    scores.account_id,
    scores.scheme as place
from scores
where scores.health_score not between 0 and 100
    or not coalesce(scores.coverage between 0 and 1, false)
    or (scores.health_score is null) <> (scores.health_status = 'unscored')
    or (scores.health_score is null) <> (scores.coverage = 0)
union all
select
    'silent, and scores on use' as flaw,
    metrics.snapshot_date,
    metrics.account_id,
    metrics.metric as place
from silent
inner join metrics
    on silent.snapshot_date = metrics.snapshot_date
    and silent.account_id = metrics.account_id
inner join {{ ref('policy_health_metrics') }} as rules
    on metrics.metric = rules.metric
where rules.is_usage and metrics.metric_score is distinct from 0
