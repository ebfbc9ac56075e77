-- The company by customers and CSMs. Where the extracts hold neither members nor owners, nobody knows how many CSMs.
with

measured_dates as (
    select * from {{ ref('int_measured_dates') }}
),

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

books as (
    select * from {{ ref('int_csm_books') }}
),

team_members as (
    select * from {{ ref('int_team_members_known') }}
),

everyone as (
    select books.csm_id from books
    union all
    select team_members.member_id as csm_id from team_members
),

team as (
    select count(*) > 0 as is_known from everyone
),

customers_counted as (
    select
        customers.snapshot_date,
        count(*) as customers
    from customers
    group by customers.snapshot_date
),

csms_counted as (
    select
        books.measured_on,
        count(*) as csms
    from books
    group by books.measured_on
),

final as (
    select
        measured_dates.measured_on,
        measured_dates.is_current,
        coalesce(customers_counted.customers, 0) as customers,
        case when team.is_known then coalesce(csms_counted.csms, 0) end as csms
    from measured_dates
    cross join team
    left join customers_counted
        on measured_dates.measured_on = customers_counted.snapshot_date
    left join csms_counted
        on measured_dates.measured_on = csms_counted.measured_on
)

select * from final
