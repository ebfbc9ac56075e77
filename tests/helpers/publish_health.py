"""The health of the small company: two components, two metrics, no luck."""

HEALTH_SQL = """
create table marts.fct_health_scores as
select least(last_day(month), (select as_of_date from intermediate.int_run_context))
        as snapshot_date,
    account_id, scheme, 'low_touch' as touch_tier,
    70.0::double + ascii(right(account_id, 1)) % 7 as health_score, 1.0::double as coverage,
    false as is_low_confidence, 'stable' as health_status, 'yellow' as health_colour,
    null::double as previous_score, 'no_data' as health_trend, 'medium' as priority,
    case when scheme = 'tiered' then 'Loses points on CSAT (18.0).' end as drivers,
    scheme = 'tiered' as is_active_scheme
from marts.fct_mrr_monthly cross join (values ('composite'), ('tiered')) as schemes (scheme)
where closing_mrr > 0;

create table marts.fct_health_components as
select snapshot_date, account_id, scheme, component, health_score as component_score, weight,
    weight as effective_weight, weight * health_score as contribution, 1.0::double as coverage
from marts.fct_health_scores cross join (values ('use', 0.6::double), ('care', 0.4::double))
    as components (component, weight);

create table marts.fct_health_metrics as
select snapshot_date, account_id, metric, 3.0::double as value, null::varchar as value_text,
    health_score as metric_score
from marts.fct_health_scores cross join (values ('logins_per_user'), ('csat')) as metrics (metric)
where is_active_scheme;

create table marts.fct_health_drivers as
select snapshot_date, account_id, metric, metric as label, value, value_text, metric_score,
    0.5::double as effective_weight, 0.5 * (100 - metric_score) as points_lost,
    row_number() over (partition by snapshot_date, account_id order by metric)::int as driver_rank
from marts.fct_health_metrics;

create table marts.rpt_health_validation as
select scheme, touch_tier, 90 as horizon_days, 20::bigint as observations, 2::bigint as churns,
    0.7::double as auc, 'insufficient_data' as verdict
from (values ('composite'), ('tiered')) as schemes (scheme)
cross join (values ('all'), ('low_touch')) as tiers (touch_tier);
"""
