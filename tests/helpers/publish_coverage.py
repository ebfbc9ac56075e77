"""Who covers the small company: one CSM has all accounts but one."""

COVERAGE_SQL = """
create table marts.rpt_csm_books as
select coalesce(csm_id, 'unassigned') as csm_id, case when csm_id = 'm1' then 1.0::double end
        as ramped_share,
    count(*) as accounts, sum(arr)::decimal(18, 2) as arr, 0::bigint as healthy_accounts,
    count(*) as stable_accounts, 0::bigint as at_risk_accounts, 0::bigint as critical_accounts,
    0::bigint as emergency_accounts, 0::bigint as unscored_accounts,
    0::decimal(18, 2) as at_risk_arr, 1::bigint as renewals_90d,
    1::decimal(18, 2) as renewals_90d_arr,
    null::double as book_grr, null::double as book_nrr, 10::decimal(18, 2) as cost_to_serve
from marts.dim_accounts where mrr > 0 group by csm_id;

create table marts.rpt_coverage_capacity as
select 'smb' as investment_tier, count(*) as accounts, coalesce(sum(arr), 0)::decimal(18, 2) as arr,
    1::bigint as csm_count, 1.0::double as effective_csm_count, 1 as required_csms,
    false as should_hire, null::varchar as hire_reason
from marts.dim_accounts where mrr > 0;

create table marts.rpt_segment_performance as
with tiers as (
    unpivot (select account_id, arr, arr_tier, touch_tier, investment_tier
        from marts.dim_accounts where mrr > 0)
    on arr_tier, touch_tier, investment_tier into name tier_scheme value tier
)
select tier_scheme, tier, count(*) as accounts, sum(arr)::decimal(18, 2) as arr,
    count(*) / sum(count(*)) over (partition by tier_scheme) as share_of_accounts,
    sum(arr)::double / sum(sum(arr)::double) over (partition by tier_scheme) as share_of_arr,
    0.0::double as healthy_share, 1.0::double as stable_share, 0.0::double as at_risk_share,
    0.0::double as critical_share, 0.0::double as emergency_share, 0.0::double as unscored_share,
    count(*)::decimal(18, 2) as cost_to_serve
from tiers group by tier_scheme, tier;

create table marts.rpt_account_review as
select account_id, 1 as criteria_met, 'poor fit' as reasons, 'watch' as action, arr
from marts.dim_accounts where mrr > 0 and account_id in ('a', 'e');
"""
