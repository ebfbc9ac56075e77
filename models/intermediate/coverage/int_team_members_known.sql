-- Members known on as_of_date. A departure after it is not known yet.
with

team_members as (
    select * from {{ ref('stg_crm__team_members') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        team_members.member_id,
        team_members.member_name,
        team_members.role,
        team_members.coverage_tier,
        team_members.annual_cost,
        team_members.hired_on,
        case when team_members.left_on <= run_context.as_of_date then team_members.left_on end as left_on,
        coalesce(team_members.left_on > run_context.as_of_date, true) as is_active
    from team_members
    cross join run_context
    where team_members.hired_on is null or team_members.hired_on <= run_context.as_of_date
)

select * from final
