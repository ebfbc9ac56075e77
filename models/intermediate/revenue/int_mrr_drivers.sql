-- Why MRR moved between the ends of a window, per product. The drivers sum to the net change, to the cent.
-- A pause is the change of the amounts that pauses hold back. Price is the rest that no other driver explains.
-- An account at 0 under a contract in force has not left. Its losses and gains are free.
with

product_changes as (
    select * from {{ ref('int_product_mrr_changes') }}
),

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

free_products as (
    select * from {{ ref('int_products_free_monthly') }}
),

measured as (
    select
        product_changes.window_months,
        product_changes.end_month,
        product_changes.account_id,
        product_changes.product_id,
        product_changes.account_opening_mrr,
        product_changes.account_closing_mrr,
        case
            when product_changes.account_closing_mrr = 0 then product_changes.end_month
            when product_changes.account_opening_mrr = 0
                then cast(product_changes.end_month - product_changes.window_months * interval '1' month as date)
        end as month_at_zero,
        product_changes.closing_mrr - product_changes.opening_mrr as change,
        product_changes.closing_contract_mrr - product_changes.opening_contract_mrr as contract_change,
        product_changes.opening_contract_mrr > 0 as was_there,
        product_changes.closing_contract_mrr > 0 as is_there,
        coalesce(sign(product_changes.closing_plan_rank - product_changes.opening_plan_rank), 0) as plan_move,
        coalesce(product_changes.licensed_change, 0) as licensed_change,
        coalesce(product_changes.metered_change, 0) as metered_change
    from product_changes
    where product_changes.account_opening_mrr > 0 or product_changes.account_closing_mrr > 0
),

split as (
    select
        measured.*,
        measured.account_opening_mrr > 0 and measured.account_closing_mrr > 0 as account_stays,
        measured.change - measured.contract_change as pause_change,
        measured.contract_change - measured.licensed_change - measured.metered_change as other_change,
        case
            when free_products.product_id is not null or (at_zero.has_contract and at_zero.contract_mrr = 0) then 'free'
            when measured.account_opening_mrr = 0 then 'return'
            else 'end'
        end as driver_at_zero
    from measured
    left join free_products
        on measured.account_id = free_products.account_id
        and measured.month_at_zero = free_products.month
        and measured.product_id = free_products.product_id
    left join account_mrr as at_zero
        on measured.account_id = at_zero.account_id
        and measured.month_at_zero = at_zero.month
),

drivers as (
    {% for driver in [
        'return', 'end', 'free', 'pause', 'cross_sell', 'product_drop', 'seats', 'usage', 'upsell', 'downgrade', 'price'
    ] %}
    select '{{ driver }}' as driver
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

amounts as (
    select
        split.window_months,
        split.end_month,
        split.account_id,
        split.product_id,
        split.account_opening_mrr,
        split.account_closing_mrr,
        drivers.driver,
        case
            when drivers.driver = 'pause' then split.pause_change
            when not split.account_stays and drivers.driver = split.driver_at_zero
                then split.change - split.pause_change
            when not split.account_stays then 0
            when not split.was_there and drivers.driver = 'cross_sell' then split.contract_change
            when not split.is_there and drivers.driver = 'product_drop' then split.contract_change
            when not (split.was_there and split.is_there) then 0
            when drivers.driver = 'seats' then split.licensed_change
            when drivers.driver = 'usage' then split.metered_change
            when drivers.driver = 'upsell' and split.plan_move > 0 then split.other_change
            when drivers.driver = 'downgrade' and split.plan_move < 0 then split.other_change
            when drivers.driver = 'price' and split.plan_move = 0 then split.other_change
            else 0
        end as amount
    from split
    cross join drivers
),

final as (
    select
        amounts.window_months,
        amounts.end_month,
        amounts.account_id,
        amounts.product_id,
        amounts.driver,
        cast(amounts.amount as decimal(18, 2)) as amount,
        amounts.account_opening_mrr,
        amounts.account_closing_mrr
    from amounts
    where amounts.amount <> 0
)

select * from final
