-- A hire is due when ARR exceeds the target of the ramped CSMs by more than the buffer, or accounts exceed their cap.
-- Where the extracts hold no team, only the need is known.
with

accounts_covered as (
    select * from {{ ref('int_accounts_covered') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

csms as (
    select * from {{ ref('int_csms') }}
),

targets as (
    select * from {{ ref('int_csm_targets') }}
),

team_members as (
    select * from {{ ref('int_team_members_known') }}
),

settings as (
    select * from {{ ref('policy_coverage_settings') }}
),

books as (
    select
        accounts_covered.investment_tier,
        count(*) as accounts,
        sum(accounts_covered.arr) as arr,
        count_if(accounts_covered.csm_id = '(none)') as unassigned_accounts,
        sum(case when accounts_covered.csm_id = '(none)' then accounts_covered.arr else 0 end) as unassigned_arr,
        sum(accounts_covered.cost_to_serve) as cost_to_serve
    from accounts_covered
    group by accounts_covered.investment_tier
),

teams as (
    select
        csms.investment_tier,
        count(*) as csm_count,
        sum(csms.ramped_share) as effective_csm_count
    from csms
    group by csms.investment_tier
),

-- The team is unknown where the extracts hold neither members nor owners.
everyone as (
    select csms.csm_id from csms
    union all
    select cast(null as string) as csm_id from team_members
),

whole_team as (
    select
        count(everyone.csm_id) as csm_count,
        count(*) > 0 as is_known
    from everyone
),

staffed as (
    select
        targets.investment_tier,
        cast(targets.tier_rank as int) as tier_rank,
        targets.target_arr_per_csm,
        cast(targets.account_cap as int) as account_cap,
        targets.coverage,
        targets.investment_low,
        targets.investment_high,
        coalesce(books.accounts, 0) as accounts,
        coalesce(books.arr, 0) as arr,
        coalesce(books.unassigned_accounts, 0) as unassigned_accounts,
        coalesce(books.unassigned_arr, 0) as unassigned_arr,
        books.cost_to_serve,
        whole_team.csm_count as all_csms,
        case when whole_team.is_known then coalesce(teams.csm_count, 0) end as csm_count,
        case when whole_team.is_known then coalesce(teams.effective_csm_count, 0) end as effective_csm_count
    from targets
    cross join whole_team
    left join books
        on targets.investment_tier = books.investment_tier
    left join teams
        on targets.investment_tier = teams.investment_tier
),

judged as (
    select
        staffed.*,
        {{ csms_required(
            'staffed.arr', 'staffed.target_arr_per_csm', 'staffed.accounts', 'staffed.account_cap'
        ) }} as required_csms,
        round(
            cast(staffed.arr as double)
            - staffed.effective_csm_count * cast(staffed.target_arr_per_csm as double) * (1 + settings.hire_buffer),
            6
        ) > 0 as is_arr_over,
        round(staffed.accounts - staffed.effective_csm_count * staffed.account_cap, 6) > 0 as is_accounts_over,
        staffed.csm_count >= settings.manager_tier_csms or staffed.all_csms >= settings.manager_function_csms
            as should_add_manager
    from staffed
    cross join settings
),

final as (
    select
        judged.investment_tier,
        judged.tier_rank,
        cast(judged.accounts as bigint) as accounts,
        cast(judged.arr as decimal(18, 2)) as arr,
        cast(judged.unassigned_accounts as bigint) as unassigned_accounts,
        cast(judged.unassigned_arr as decimal(18, 2)) as unassigned_arr,
        cast(judged.csm_count as bigint) as csm_count,
        cast(judged.effective_csm_count as double) as effective_csm_count,
        {{ to_cents('cast(judged.arr as double) / nullif(judged.effective_csm_count, 0)') }} as arr_per_csm,
        judged.accounts / nullif(judged.effective_csm_count, 0) as accounts_per_csm,
        judged.target_arr_per_csm,
        judged.account_cap,
        cast(judged.required_csms as int) as required_csms,
        judged.required_csms - judged.effective_csm_count as gap,
        judged.is_arr_over or coalesce(judged.is_accounts_over, false) as should_hire,
        case
            when judged.is_arr_over and judged.is_accounts_over then 'arr_and_accounts'
            when judged.is_arr_over then 'arr'
            when judged.is_accounts_over then 'accounts'
        end as hire_reason,
        case when judged.csm_count is not null then judged.should_add_manager end as should_add_manager,
        cast(judged.cost_to_serve as decimal(18, 2)) as cost_to_serve,
        {{ to_cents('cast(judged.cost_to_serve as double) / nullif(judged.accounts, 0)') }}
            as cost_to_serve_per_account,
        cast(judged.cost_to_serve as double) / nullif(cast(judged.arr as double), 0) as cost_to_serve_rate,
        judged.coverage,
        judged.investment_low,
        judged.investment_high,
        {{ range_verdict(
            'cast(judged.cost_to_serve as double) / nullif(judged.accounts, 0)',
            'judged.investment_low',
            'judged.investment_high'
        ) }} as investment_verdict,
        run_context.reporting_currency
    from judged
    cross join run_context
)

select * from final
