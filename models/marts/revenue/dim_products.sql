with

products as (
    select * from {{ ref('int_products_today') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        products.product_id,
        products.product_name,
        products.is_core,
        products.first_sold_on,
        cast(products.plans as bigint) as plans,
        cast(products.accounts as bigint) as accounts,
        cast(products.mrr as decimal(18, 2)) as mrr,
        run_context.reporting_currency
    from products
    cross join run_context
)

select * from final
