-- How much of the product the customers use on each date, and how many seats they do not use.
{% set figures = {
    'feature_adoption': ('It is the mean of %w customers.', 'No customer has a known feature adoption.'),
    'unused_licences': ('%p of %w seats had no active user.', 'No customer has usage data by user.'),
} %}
with

customers as (
    select * from {{ ref('int_customers_measured') }}
),

metrics as (
    select * from {{ ref('int_health_metrics') }}
),

seats as (
    select * from {{ ref('int_unused_seats') }}
),

facts as (
    select
        'feature_adoption' as figure,
        customers.measured_on,
        customers.touch_tier,
        cast(metrics.value as double) as part,
        1 as whole
    from customers
    inner join metrics
        on customers.measured_on = metrics.snapshot_date
        and customers.account_id = metrics.account_id
        and metrics.metric = 'feature_adoption'
    where metrics.value is not null
    union all
    select
        'unused_licences' as figure,
        customers.measured_on,
        customers.touch_tier,
        seats.unused_seats as part,
        cast(seats.seats as double) as whole
    from customers
    inner join seats
        on customers.measured_on = seats.snapshot_date
        and customers.account_id = seats.account_id
),

{{ figures_by_tier('facts', figures) }}

select * from final
