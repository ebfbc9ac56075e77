-- The row compares what accounts bear of their CSMs' cost with what the CSMs are paid, where it is more.
-- Cost to serve would then exceed the payroll, and reviews would call accounts unprofitable that are not.
-- Look first at int_account_costs, then at int_csm_ownership_periods for days that two CSMs share.
with

borne as (
    select coalesce(sum(costs.owner_cost), 0) as cost
    from {{ ref('int_account_costs') }} as costs
),

paid as (
    select coalesce(sum(costs.annual_cost), 0) as cost
    from (
        select distinct
            owned.csm_id,
            coalesce(members.annual_cost, settings.csm_annual_cost) as annual_cost
        from {{ ref('int_csm_ownership_periods') }} as owned
        cross join {{ ref('policy_coverage_settings') }} as settings
        left join {{ ref('int_team_members_known') }} as members
            on owned.csm_id = members.member_id
    ) as costs
)

select
    borne.cost as cost_borne,
    paid.cost as cost_paid
from borne
cross join paid
-- Each account's cost is rounded to a cent.
where borne.cost > paid.cost + (select count(*) from {{ ref('int_account_costs') }}) / 100
