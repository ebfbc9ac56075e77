-- The cost of a year of service as a share of ARR, and the utilization of the CSMs.
{% set figures = {
    'cost_to_serve': (
        'Serving customers cost %p in twelve months, of an ARR of %w.',
        'No owner of an account is recorded.',
    ),
    'csm_utilization': ('It is the mean of %w books.', 'No CSM is recorded.'),
} %}
with

customers as (
    select * from {{ ref('int_customers_measured') }}
),

account_costs as (
    select * from {{ ref('int_account_costs') }}
),

books as (
    select * from {{ ref('int_csm_books') }}
),

facts as (
    select
        'cost_to_serve' as figure,
        customers.measured_on,
        customers.touch_tier,
        cast(account_costs.cost_to_serve as double) as part,
        cast(12 * customers.mrr as double) as whole
    from customers
    inner join account_costs
        on customers.measured_on = account_costs.measured_on
        and customers.account_id = account_costs.account_id
    where account_costs.cost_to_serve is not null
    union all
    -- A CSM covers an investment tier and no touch tier.
    select
        'csm_utilization' as figure,
        books.measured_on,
        cast(null as string) as touch_tier,
        books.utilization as part,
        1 as whole
    from books
    where books.utilization is not null
),

{{ figures_by_tier('facts', figures, untiered=['csm_utilization'], unscaled=figures) }}

select * from final
