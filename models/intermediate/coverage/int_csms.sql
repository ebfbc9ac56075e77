-- Every employed csm and senior_csm, and owners of whom nothing else is known. A CSM without a stated coverage tier
-- covers the investment tier with most of the book's ARR, the higher on a tie.
with

team_members as (
    select * from {{ ref('int_team_members_known') }}
),

accounts_covered as (
    select * from {{ ref('int_accounts_covered') }}
),

tiers_ranked as (
    select * from {{ ref('int_tiers_ranked') }}
),

ramp as (
    select * from {{ ref('policy_csm_ramp') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

owners as (
    select distinct accounts_covered.csm_id
    from accounts_covered
    where accounts_covered.csm_id <> '(none)'
),

csms as (
    select
        coalesce(team_members.member_id, owners.csm_id) as csm_id,
        team_members.coverage_tier,
        team_members.hired_on
    from owners
    full outer join team_members
        on owners.csm_id = team_members.member_id
    where team_members.member_id is null
        or (team_members.role in ('csm', 'senior_csm') and team_members.is_active)
),

book_tiers as (
    select
        accounts_covered.csm_id,
        accounts_covered.investment_tier,
        row_number() over (
            partition by accounts_covered.csm_id
            order by sum(accounts_covered.arr) desc, min(tiers_ranked.tier_rank) asc
        ) as tier_number
    from accounts_covered
    inner join tiers_ranked
        on accounts_covered.investment_tier = tiers_ranked.tier
        and tiers_ranked.scheme = 'investment_tier'
    group by accounts_covered.csm_id, accounts_covered.investment_tier
),

csms_with_tier as (
    select
        csms.csm_id,
        csms.hired_on,
        coalesce(csms.coverage_tier, book_tiers.investment_tier) as investment_tier,
        -- Months since the hire with a fraction. The same day of a later month completes it.
        {{ months_between('csms.hired_on', 'run_context.as_of_date') }} as calendar_months,
        cast(extract(day from run_context.as_of_date) - extract(day from csms.hired_on) as double)
        / extract(day from last_day(run_context.as_of_date)) as part_of_month
    from csms
    cross join run_context
    left join book_tiers
        on csms.csm_id = book_tiers.csm_id
        and book_tiers.tier_number = 1
),

ramping as (
    select
        csms_with_tier.csm_id,
        csms_with_tier.investment_tier,
        case
            when csms_with_tier.hired_on is not null
                then greatest(csms_with_tier.calendar_months + csms_with_tier.part_of_month, 0)
        end as months_since_hire
    from csms_with_tier
),

final as (
    select
        ramping.csm_id,
        ramping.investment_tier,
        ramping.months_since_hire,
        case
            when ramping.investment_tier is null then null
            when ramping.months_since_hire is null or ramping.months_since_hire >= ramp.months_to_full then 1
            when ramping.months_since_hire >= ramp.months_to_half
                then (
                    1 + (ramping.months_since_hire - ramp.months_to_half) / (ramp.months_to_full - ramp.months_to_half)
                ) / 2
            else ramping.months_since_hire / ramp.months_to_half / 2
        end as ramped_share
    from ramping
    left join ramp
        on ramping.investment_tier = ramp.investment_tier
)

select * from final
