-- The book of every csm and senior_csm employed on each measured date, and of owners of whom nothing else is known.
-- A CSM without a stated coverage tier covers the investment tier with most of the book's ARR, the higher on a tie.
with

measured_dates as (
    select * from {{ ref('int_measured_dates') }}
),

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

owners as (
    select * from {{ ref('int_account_owners_monthly') }}
),

team_members as (
    select * from {{ ref('int_team_members_known') }}
),

tiers_ranked as (
    select * from {{ ref('int_tiers_ranked') }}
),

targets as (
    select * from {{ ref('int_csm_targets') }}
),

book_tiers as (
    select
        measured_dates.measured_on,
        owners.csm_id,
        account_tiers.investment_tier,
        count(*) as accounts,
        sum(cast(12 * account_mrr.mrr as decimal(18, 2))) as arr,
        row_number() over (
            partition by measured_dates.measured_on, owners.csm_id
            order by sum(cast(12 * account_mrr.mrr as decimal(18, 2))) desc, min(tiers_ranked.tier_rank) asc
        ) as tier_number
    from measured_dates
    inner join account_mrr
        on measured_dates.month = account_mrr.month
    inner join account_tiers
        on account_mrr.account_id = account_tiers.account_id
        and account_mrr.month = account_tiers.month
    inner join tiers_ranked
        on account_tiers.investment_tier = tiers_ranked.tier
        and tiers_ranked.scheme = 'investment_tier'
    inner join owners
        on account_mrr.account_id = owners.account_id
        and account_mrr.month = owners.month
    where account_mrr.mrr > 0
        and owners.csm_id is not null
    group by measured_dates.measured_on, owners.csm_id, account_tiers.investment_tier
),

books as (
    select
        book_tiers.measured_on,
        book_tiers.csm_id,
        max(case when book_tiers.tier_number = 1 then book_tiers.investment_tier end) as investment_tier,
        sum(book_tiers.accounts) as accounts,
        sum(book_tiers.arr) as arr
    from book_tiers
    group by book_tiers.measured_on, book_tiers.csm_id
),

members_known as (
    select
        measured_dates.measured_on,
        team_members.member_id,
        team_members.coverage_tier,
        team_members.role in ('csm', 'senior_csm')
        and coalesce(team_members.hired_on <= measured_dates.measured_on, true)
        and coalesce(team_members.left_on > measured_dates.measured_on, true) as is_csm
    from measured_dates
    cross join team_members
),

csms as (
    select
        coalesce(books.measured_on, members_known.measured_on) as measured_on,
        coalesce(books.csm_id, members_known.member_id) as csm_id,
        coalesce(members_known.coverage_tier, books.investment_tier) as investment_tier,
        coalesce(books.accounts, 0) as accounts,
        coalesce(books.arr, 0) as arr
    from books
    full outer join members_known
        on books.measured_on = members_known.measured_on
        and books.csm_id = members_known.member_id
    where members_known.member_id is null
        or members_known.is_csm
),

loaded as (
    select
        csms.*,
        measured_dates.is_current,
        cast(csms.accounts as double) / targets.account_cap as account_utilization,
        cast(csms.arr as double) / cast(targets.target_arr_per_csm as double) as arr_utilization
    from csms
    inner join measured_dates
        on csms.measured_on = measured_dates.measured_on
    left join targets
        on csms.investment_tier = targets.investment_tier
),

final as (
    select
        loaded.measured_on,
        loaded.is_current,
        loaded.csm_id,
        loaded.investment_tier,
        loaded.accounts,
        loaded.arr,
        loaded.account_utilization,
        loaded.arr_utilization,
        case
            when loaded.arr_utilization is not null
                then greatest(loaded.arr_utilization, coalesce(loaded.account_utilization, 0))
        end as utilization
    from loaded
)

select * from final
