with

opportunities as (
    select * from {{ ref('int_opportunities_expected') }}
),

final as (
    select
        opportunities.quarter,
        opportunities.opportunity_type,
        count(*) as opportunities,
        count(case when opportunities.stage = 'closed_won' then 1 end) as won,
        cast(sum(opportunities.amount) as decimal(18, 2)) as amount,
        cast(sum(opportunities.expected_amount) as decimal(18, 2)) as expected_amount
    from opportunities
    where opportunities.opportunity_type not in ('new', 'renewal')
    group by opportunities.quarter, opportunities.opportunity_type
)

select * from final
