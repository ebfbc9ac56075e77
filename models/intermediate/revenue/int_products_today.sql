-- Every product of a plan or of a line, with what it brings on as_of_date. The core product is the one with most MRR.
with

plans as (
    select * from {{ ref('stg_billing__plans') }}
),

mrr_lines as (
    select * from {{ ref('int_mrr_lines') }}
),

lines_by_snapshot as (
    select * from {{ ref('int_mrr_lines_by_snapshot') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

products as (
    select plans.product_id from plans
    where plans.product_id is not null
    union
    select mrr_lines.product_id from mrr_lines
),

-- Plans of one product may write its name in several ways.
names as (
    select
        plans.product_id,
        min(plans.product_name) as product_name,
        count(*) as plans
    from plans
    group by plans.product_id
),

sold as (
    select
        mrr_lines.product_id,
        min(mrr_lines.line_from) as first_sold_on
    from mrr_lines
    inner join run_context
        on mrr_lines.line_from <= run_context.as_of_date
    group by mrr_lines.product_id
),

today as (
    select
        lines_by_snapshot.product_id,
        sum(lines_by_snapshot.mrr) as mrr,
        count(distinct case when lines_by_snapshot.mrr > 0 then lines_by_snapshot.account_id end) as accounts
    from lines_by_snapshot
    inner join run_context
        on lines_by_snapshot.snapshot_date = run_context.as_of_date
    group by lines_by_snapshot.product_id
),

final as (
    select
        products.product_id,
        coalesce(names.product_name, products.product_id) as product_name,
        sold.first_sold_on,
        coalesce(names.plans, 0) as plans,
        coalesce(today.accounts, 0) as accounts,
        coalesce(today.mrr, 0) as mrr,
        case
            when max(today.mrr) over () > 0
                then row_number() over (order by coalesce(today.mrr, 0) desc, products.product_id) = 1
        end as is_core
    from products
    left join names
        on products.product_id = names.product_id
    left join sold
        on products.product_id = sold.product_id
    left join today
        on products.product_id = today.product_id
)

select * from final
