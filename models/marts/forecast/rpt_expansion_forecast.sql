-- Open opportunities in their expected quarter, and those closed in the current one.
with

opportunities as (
    select * from {{ ref('int_opportunities_expected') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

counted as (
    select
        opportunities.*,
        run_context.reporting_currency
    from opportunities
    cross join run_context
    where opportunities.opportunity_type not in ('new', 'renewal')
        and (
            opportunities.is_open
            or opportunities.quarter >= cast(date_trunc('quarter', run_context.as_of_date) as date)
        )
),

final as (
    select
        counted.quarter,
        counted.opportunity_type,
        counted.is_dated,
        count(*) as opportunities,
        count(case when counted.is_open then 1 end) as open_opportunities,
        cast(coalesce(sum(case when counted.is_open then counted.amount end), 0) as decimal(18, 2)) as open_amount,
        cast(
            coalesce(sum(case when counted.is_open then counted.expected_amount end), 0) as decimal(18, 2)
        ) as expected_open_amount,
        cast(
            coalesce(sum(case when counted.is_overdue then counted.amount end), 0) as decimal(18, 2)
        ) as overdue_amount,
        count(case when counted.stage = 'closed_won' then 1 end) as won,
        cast(
            coalesce(sum(case when counted.stage = 'closed_won' then counted.amount end), 0) as decimal(18, 2)
        ) as won_amount,
        count(case when counted.stage = 'closed_lost' then 1 end) as lost,
        cast(
            coalesce(sum(case when counted.stage = 'closed_lost' then counted.amount end), 0) as decimal(18, 2)
        ) as lost_amount,
        cast(count(case when counted.stage = 'closed_won' then 1 end) as double)
        / nullif(count(case when not counted.is_open then 1 end), 0) as win_rate,
        max(counted.reporting_currency) as reporting_currency
    from counted
    group by counted.quarter, counted.opportunity_type, counted.is_dated
)

select * from final
