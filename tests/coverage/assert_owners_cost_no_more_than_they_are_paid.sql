-- Each row is a date on which accounts bear more of their CSMs' cost than the CSMs are paid in the year to it.
-- Cost to serve would then exceed the payroll, and reviews would call accounts unprofitable that are not.
-- Look first at int_account_costs, then at int_csm_ownership_periods for days that two CSMs share.
with

borne as (
    select
        costs.measured_on,
        coalesce(sum(costs.owner_cost), 0) as cost,
        count(*) as accounts
    from {{ ref('int_account_costs') }} as costs
    group by costs.measured_on
),

paid as (
    select
        costs.measured_on,
        sum(costs.annual_cost) as cost
    from (
        select distinct
            owned.measured_on,
            owned.csm_id,
            coalesce(members.annual_cost, settings.csm_annual_cost) as annual_cost
        from {{ ref('int_csm_ownership_periods') }} as owned
        cross join {{ ref('policy_coverage_settings') }} as settings
        left join {{ ref('int_team_members_known') }} as members
            on owned.csm_id = members.member_id
    ) as costs
    group by costs.measured_on
)

select
    borne.measured_on,
    borne.cost as cost_borne,
    paid.cost as cost_paid
from borne
left join paid
    on borne.measured_on = paid.measured_on
-- Each account's cost is rounded to a cent.
where borne.cost > coalesce(paid.cost, 0) + borne.accounts / 100
