-- ARR that a renewal misses after its own subscription and those that name it.
-- More ARR of one product makes up for less of another.
with

renewal_arr as (
    select * from {{ ref('int_renewal_arr') }}
),

parties as (
    select * from {{ ref('int_renewal_parties') }}
),

products as (
    select
        renewal_arr.subscription_id,
        renewal_arr.renewal_on,
        renewal_arr.product_id,
        sum(case when renewal_arr.side = 'up' then cast(renewal_arr.arr as double) else 0 end) as arr_up,
        sum(
            case
                when renewal_arr.side = 'carried' and parties.relation in ('itself', 'named')
                    then cast(renewal_arr.arr as double)
                else 0
            end
        ) as arr_carried
    from renewal_arr
    inner join parties
        on renewal_arr.subscription_id = parties.subscription_id
        and renewal_arr.renewal_on = parties.renewal_on
        and renewal_arr.party_id = parties.party_id
    group by renewal_arr.subscription_id, renewal_arr.renewal_on, renewal_arr.product_id
),

missing as (
    select
        products.subscription_id,
        products.renewal_on,
        products.product_id,
        products.arr_up,
        greatest(products.arr_up - products.arr_carried, 0) as arr_missing,
        sum(greatest(products.arr_up - products.arr_carried, 0)) over (
            partition by products.subscription_id, products.renewal_on
        ) as arr_missing_by_product,
        sum(products.arr_up - products.arr_carried) over (
            partition by products.subscription_id, products.renewal_on
        ) as arr_missing_in_all
    from products
),

final as (
    select
        missing.subscription_id,
        missing.renewal_on,
        missing.product_id,
        missing.arr_up,
        case
            when missing.arr_missing_in_all > 0
                then missing.arr_missing * missing.arr_missing_in_all / missing.arr_missing_by_product
            else 0
        end as arr_missing
    from missing
)

select * from final
