-- The heads of today. The team is unknown where the extracts hold neither members nor owners.
with

targets as (
    select * from {{ ref('int_plan_targets') }}
),

csms as (
    select * from {{ ref('int_csms') }}
),

team_members as (
    select * from {{ ref('int_team_members_known') }}
),

teams as (
    select
        csms.investment_tier,
        count(*) as csm_count
    from csms
    group by csms.investment_tier
),

everyone as (
    select csms.csm_id from csms
    union all
    select team_members.member_id as csm_id from team_members
),

whole_team as (
    select count(*) > 0 as is_known
    from everyone
),

final as (
    select
        targets.investment_tier,
        case when whole_team.is_known then cast(coalesce(teams.csm_count, 0) as int) end as csm_count
    from targets
    cross join whole_team
    left join teams
        on targets.investment_tier = teams.investment_tier
)

select * from final
