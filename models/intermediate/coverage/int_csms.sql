-- How far each CSM of today has ramped. A CSM without a date of hire in the extracts has.
with

books as (
    select * from {{ ref('int_csm_books') }}
),

team_members as (
    select * from {{ ref('int_team_members_known') }}
),

ramp as (
    select * from {{ ref('policy_csm_ramp') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

csms as (
    select
        books.csm_id,
        books.investment_tier,
        team_members.hired_on,
        -- Months since the hire with a fraction. The same day of a later month completes it.
        {{ months_between('team_members.hired_on', 'run_context.as_of_date') }} as calendar_months,
        cast(extract(day from run_context.as_of_date) - extract(day from team_members.hired_on) as double)
        / extract(day from last_day(run_context.as_of_date)) as part_of_month
    from books
    cross join run_context
    left join team_members
        on books.csm_id = team_members.member_id
    where books.is_current
),

ramping as (
    select
        csms.csm_id,
        csms.investment_tier,
        case
            when csms.hired_on is not null
                then greatest(csms.calendar_months + csms.part_of_month, 0)
        end as months_since_hire
    from csms
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
