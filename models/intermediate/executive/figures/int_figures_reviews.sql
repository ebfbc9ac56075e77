-- Business reviews held of those that fell due in the year to each date, and customers with one in three months. A
-- review counts for a date only if it was held by then.
{% set figures = {
    'qbr_completion': (
        '%p of %w QBRs that fell due in twelve months were held, late ones included.', 'No QBR fell due.',
    ),
    'ebr_completion': (
        '%p of %w EBRs that fell due in twelve months were held, late ones included.', 'No EBR fell due.',
    ),
    'value_reviews_held': (
        '%p of %w customers that are owed an EBR had a QBR or an EBR in the last three months.',
        'No review is recorded, or no customer is owed one.',
    ),
} %}
with

customers as (
    select * from {{ ref('int_customers_measured') }}
),

measured_dates as (
    select * from {{ ref('int_measured_dates') }}
),

exits as (
    select * from {{ ref('int_playbook_exits') }}
),

rounds as (
    select * from {{ ref('int_playbook_rounds') }}
),

cadences as (
    select * from {{ ref('policy_playbook_cadences') }}
),

business_reviews as (
    select distinct
        cadences.playbook,
        cadences.done_by || '_completion' as figure
    from cadences
    where cadences.done_by in ('qbr', 'ebr')
),

owed as (
    select distinct cadences.tier
    from cadences
    where cadences.done_by = 'ebr'
        and cadences.tier_scheme = 'investment_tier'
),

reviews as (
    select
        rounds.account_id,
        rounds.began_on as held_on
    from rounds
    inner join business_reviews
        on rounds.playbook = business_reviews.playbook
    where not rounds.is_first
),

reviews_began as (
    select min(reviews.held_on) as recorded_from
    from reviews
),

last_reviews as (
    select
        measured_dates.measured_on,
        reviews.account_id,
        max(reviews.held_on) as held_on
    from measured_dates
    inner join reviews
        on measured_dates.measured_on >= reviews.held_on
    group by measured_dates.measured_on, reviews.account_id
),

facts as (
    select
        business_reviews.figure,
        measured_dates.measured_on,
        coalesce(customers.touch_tier, exits.touch_tier) as touch_tier,
        case when exits.exited_on <= measured_dates.measured_on then 1 else 0 end as part,
        1 as whole
    from measured_dates
    inner join exits
        on measured_dates.year_from <= exits.due_on
        and measured_dates.measured_on > exits.due_on
    inner join business_reviews
        on exits.playbook = business_reviews.playbook
    left join customers
        on measured_dates.measured_on = customers.measured_on
        and exits.account_id = customers.account_id
    union all
    select
        'value_reviews_held' as figure,
        customers.measured_on,
        customers.touch_tier,
        case when last_reviews.held_on >= measured_dates.quarter_from then 1 else 0 end as part,
        1 as whole
    from customers
    inner join measured_dates
        on customers.measured_on = measured_dates.measured_on
        and customers.customer_since < measured_dates.quarter_from
    inner join owed
        on customers.investment_tier = owed.tier
    inner join reviews_began
        on measured_dates.quarter_from >= reviews_began.recorded_from
    left join last_reviews
        on customers.measured_on = last_reviews.measured_on
        and customers.account_id = last_reviews.account_id
),

{{ figures_by_tier('facts', figures) }}

select * from final
