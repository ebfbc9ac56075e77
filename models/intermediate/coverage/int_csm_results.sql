-- What each CSM of today is paid for. The book of twelve months ago counts for a CSM who was hired by then.
with

books as (
    select * from {{ ref('int_csm_books') }}
),

team_members as (
    select * from {{ ref('int_team_members_known') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

retention as (
    select * from {{ ref('int_retention_measured') }}
),

expansion_owners as (
    select * from {{ ref('int_expansion_owners') }}
),

renewals_decided as (
    select * from {{ ref('int_csm_renewals_decided') }}
),

accounts_covered as (
    select * from {{ ref('int_accounts_covered') }}
),

one_year as (
    select
        run_context.last_complete_month,
        cast(run_context.last_complete_month - interval '12' month as date) as start_month
    from run_context
),

csms as (
    select
        books.csm_id,
        books.investment_tier,
        coalesce(team_members.hired_on > last_day(one_year.start_month), false) as is_hired_in_year
    from books
    cross join one_year
    left join team_members
        on books.csm_id = team_members.member_id
    where books.is_current
),

opening_books as (
    select
        csms.csm_id,
        retention.starting_accounts,
        retention.starting_mrr,
        retention.grr,
        retention.nrr
    from csms
    inner join retention
        on csms.csm_id = retention.segment
    inner join one_year
        on retention.end_month = one_year.last_complete_month
    where retention.window_months = 12
        and retention.segment_type = 'csm'
        and not csms.is_hired_in_year
),

expansions as (
    select
        expansion_owners.csm_id,
        sum(expansion_owners.expansion_mrr) as expansion_mrr
    from expansion_owners
    inner join one_year
        on expansion_owners.month > one_year.start_month
        and expansion_owners.month <= one_year.last_complete_month
    group by expansion_owners.csm_id
),

book_health as (
    select
        accounts_covered.csm_id,
        avg(accounts_covered.evidenced_score) as mean_health
    from accounts_covered
    group by accounts_covered.csm_id
),

final as (
    select
        csms.csm_id,
        csms.investment_tier,
        csms.is_hired_in_year,
        opening_books.starting_accounts as opening_accounts,
        opening_books.starting_mrr as opening_mrr,
        opening_books.grr as book_grr,
        opening_books.nrr as book_nrr,
        coalesce(expansions.expansion_mrr, 0) as expansion_mrr,
        cast(coalesce(expansions.expansion_mrr, 0) as double)
        / nullif(cast(opening_books.starting_mrr as double), 0) as expansion_rate,
        book_health.mean_health,
        renewals_decided.decided as renewals_decided,
        cast(renewals_decided.renewed as double) / renewals_decided.decided as renewal_rate
    from csms
    left join opening_books
        on csms.csm_id = opening_books.csm_id
    left join expansions
        on csms.csm_id = expansions.csm_id
    left join renewals_decided
        on csms.csm_id = renewals_decided.csm_id
    left join book_health
        on csms.csm_id = book_health.csm_id
)

select * from final
