with

capacity as (
    select * from {{ ref('int_coverage_capacity') }}
),

final as (
    select
        capacity.investment_tier,
        cast(capacity.tier_rank as int) as tier_rank,
        cast(capacity.accounts as bigint) as accounts,
        cast(capacity.arr as decimal(18, 2)) as arr,
        cast(capacity.unassigned_accounts as bigint) as unassigned_accounts,
        cast(capacity.unassigned_arr as decimal(18, 2)) as unassigned_arr,
        cast(capacity.csm_count as bigint) as csm_count,
        cast(capacity.effective_csm_count as double) as effective_csm_count,
        {{ to_cents('cast(capacity.arr as double) / nullif(capacity.effective_csm_count, 0)') }} as arr_per_csm,
        capacity.accounts / nullif(capacity.effective_csm_count, 0) as accounts_per_csm,
        capacity.target_arr_per_csm,
        cast(capacity.account_cap as int) as account_cap,
        cast(capacity.required_csms as int) as required_csms,
        capacity.required_csms - capacity.effective_csm_count as gap,
        capacity.should_hire,
        capacity.hire_reason,
        capacity.should_add_manager,
        cast(capacity.cost_to_serve as decimal(18, 2)) as cost_to_serve,
        {{ to_cents('cast(capacity.cost_to_serve as double) / nullif(capacity.accounts, 0)') }} as cost_to_serve_per_account,
        cast(capacity.cost_to_serve as double) / nullif(cast(capacity.arr as double), 0) as cost_to_serve_rate
    from capacity
)

select * from final
