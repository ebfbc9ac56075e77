-- Does the team match its accounts, and which tier should hire?
select
    capacity.investment_tier as tier,
    capacity.accounts,
    cast(round(capacity.arr / 1000, 0) as bigint) as arr_k,
    capacity.csm_count as csms,
    round(capacity.effective_csm_count, 2) as ramped,
    cast(round(capacity.target_arr_per_csm / 1000, 0) as bigint) as target_k,
    capacity.account_cap as cap,
    capacity.required_csms as required,
    round(capacity.gap, 2) as gap,
    case
        when capacity.hire_reason = 'arr_and_accounts' then 'hire: ARR and accounts'
        when capacity.hire_reason = 'arr' then 'hire: ARR'
        when capacity.hire_reason = 'accounts' then 'hire: accounts'
        else 'no'
    end as hire,
    round(100 * capacity.cost_to_serve_rate, 1) as cost_percent
from {{ ref('rpt_coverage_capacity') }} as capacity
order by capacity.tier_rank
