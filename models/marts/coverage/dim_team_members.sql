with

team_members as (
    select * from {{ ref('int_team_members_known') }}
),

final as (
    select
        team_members.member_id,
        team_members.member_name,
        team_members.role,
        team_members.coverage_tier,
        team_members.hired_on,
        team_members.left_on,
        team_members.is_active
    from team_members
)

select * from final
