-- Spans of the leaders and the business case of the team. Where nobody manages, the next leader above leads the CSMs.
with

team_members as (
    select * from {{ ref('int_team_members_known') }}
),

csms as (
    select * from {{ ref('int_csms') }}
),

questions as (
    select * from {{ ref('policy_org_questions') }}
),

settings as (
    select * from {{ ref('policy_coverage_settings') }}
),

accounts_covered as (
    select * from {{ ref('int_accounts_covered') }}
),

leaders as (
    select
        nullif(count_if(team_members.role = 'manager'), 0) as managers,
        nullif(count_if(team_members.role = 'director'), 0) as directors,
        nullif(count_if(team_members.role = 'vp'), 0) as vps
    from team_members
    where team_members.is_active
),

csms_counted as (
    select cast(count(*) as double) as csms from csms
),

-- An owner who is no member of the team costs what the policy says.
everyone as (
    select coalesce(team_members.annual_cost, settings.csm_annual_cost) as annual_cost
    from team_members
    cross join settings
    inner join questions
        on questions.question = 'team_cost'
        and ' ' || questions.filled_by || ' ' like '% ' || team_members.role || ' %'
    where team_members.is_active
    union all
    select settings.csm_annual_cost as annual_cost
    from csms
    cross join settings
    left join team_members
        on csms.csm_id = team_members.member_id
    where team_members.member_id is null
),

costs as (
    select cast(sum(everyone.annual_cost) as double) as team_cost from everyone
),

points as (
    select cast(sum(accounts_covered.arr) as double) / 100 as point_value from accounts_covered
),

final as (
    select
        'span_manager' as question,
        csms_counted.csms / coalesce(leaders.managers, leaders.directors, leaders.vps) as value
    from csms_counted
    cross join leaders
    union all
    select
        'span_director' as question,
        cast(leaders.managers as double) / coalesce(leaders.directors, leaders.vps) as value
    from leaders
    union all
    select
        'point_value' as question,
        points.point_value as value
    from points
    union all
    select
        'team_cost' as question,
        costs.team_cost as value
    from costs
    union all
    select
        'break_even_points' as question,
        round(costs.team_cost / nullif(points.point_value, 0), 9) as value
    from costs
    cross join points
)

select * from final
