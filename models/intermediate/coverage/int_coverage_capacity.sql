-- A CSM counts as far as it has ramped. One more is due when a tier's ARR exceeds what its CSMs should carry by more than the buffer,
-- or when it has more accounts than they can look after. A company that tells nothing of its team is told what it needs, not what it lacks.
with

accounts_covered as (
    select * from {{ ref('int_accounts_covered') }}
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
        count_if(accounts_covered.csm_id = 'unassigned') as unassigned_accounts,
        sum(case when accounts_covered.csm_id = 'unassigned' then accounts_covered.arr else 0 end) as unassigned_arr,
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

-- Nobody is known to be there where the extracts hold neither members nor owners.
everyone as (
    select csms.csm_id from csms
    union all
    select cast(null as string) as csm_id from team_members
),

whole_team as (
    select
        count(everyone.csm_id) as csm_count,
        count(*) > 0 as is_told
    from everyone
),

staffed as (
    select
        targets.investment_tier,
        targets.tier_rank,
        targets.target_arr_per_csm,
        targets.account_cap,
        coalesce(books.accounts, 0) as accounts,
        coalesce(books.arr, 0) as arr,
        coalesce(books.unassigned_accounts, 0) as unassigned_accounts,
        coalesce(books.unassigned_arr, 0) as unassigned_arr,
        books.cost_to_serve,
        whole_team.csm_count as all_csms,
        case when whole_team.is_told then coalesce(teams.csm_count, 0) end as csm_count,
        case when whole_team.is_told then coalesce(teams.effective_csm_count, 0) end as effective_csm_count
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
        -- Rounded, so that what comes out even is not rounded up.
        ceil(round(cast(staffed.arr as double) / cast(staffed.target_arr_per_csm as double), 9)) as csms_for_arr,
        ceil(cast(staffed.accounts as double) / staffed.account_cap) as csms_for_accounts,
        round(
            cast(staffed.arr as double)
            - staffed.effective_csm_count * cast(staffed.target_arr_per_csm as double) * (1 + settings.hire_buffer),
            6
        ) > 0 as is_arr_over,
        round(staffed.accounts - staffed.effective_csm_count * staffed.account_cap, 6) > 0 as is_accounts_over,
        staffed.csm_count >= settings.manager_tier_csms or staffed.all_csms >= settings.manager_function_csms as should_add_manager
    from staffed
    cross join settings
),

final as (
    select
        judged.investment_tier,
        judged.tier_rank,
        judged.accounts,
        judged.arr,
        judged.unassigned_accounts,
        judged.unassigned_arr,
        judged.csm_count,
        judged.effective_csm_count,
        judged.target_arr_per_csm,
        judged.account_cap,
        judged.csms_for_arr,
        judged.csms_for_accounts,
        greatest(judged.csms_for_arr, coalesce(judged.csms_for_accounts, 0)) as required_csms,
        judged.is_arr_over or coalesce(judged.is_accounts_over, false) as should_hire,
        case
            when judged.is_arr_over and judged.is_accounts_over then 'arr_and_accounts'
            when judged.is_arr_over then 'arr'
            when judged.is_accounts_over then 'accounts'
        end as hire_reason,
        case when judged.csm_count is not null then judged.should_add_manager end as should_add_manager,
        judged.cost_to_serve
    from judged
)

select * from final
