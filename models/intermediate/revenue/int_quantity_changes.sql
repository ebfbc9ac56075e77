-- The value of a change of quantity at the old price, line by line, summed by product. Seats, fees and usage are never
-- divided into each other. New seats have no old price and count at their first.
with

lines_by_snapshot as (
    select * from {{ ref('int_mrr_lines_by_snapshot') }}
),

window_ends as (
    select * from {{ ref('int_window_ends') }}
),

choices as (
    select * from {{ ref('int_mrr_choices') }}
),

line_changes as (
    select
        window_ends.window_months,
        window_ends.end_month,
        lines_by_snapshot.account_id,
        lines_by_snapshot.product_id,
        lines_by_snapshot.unit_kind,
        lines_by_snapshot.subscription_id,
        lines_by_snapshot.item_id,
        sum(lines_by_snapshot.quantity * window_ends.is_opening) as opening_quantity,
        sum(lines_by_snapshot.quantity * window_ends.is_closing) as closing_quantity,
        sum(lines_by_snapshot.contract_mrr * window_ends.is_opening) as opening_mrr,
        sum(lines_by_snapshot.contract_mrr * window_ends.is_closing) as closing_mrr,
        max(window_ends.is_opening) as was_there,
        max(window_ends.is_closing) as is_there
    from window_ends
    inner join lines_by_snapshot
        on window_ends.month = lines_by_snapshot.month
    cross join choices
    where not (lines_by_snapshot.unit_kind = 'usage' and choices.excludes_metered_items)
        and not coalesce(lines_by_snapshot.is_lapsed, false)
    group by
        window_ends.window_months,
        window_ends.end_month,
        lines_by_snapshot.account_id,
        lines_by_snapshot.product_id,
        lines_by_snapshot.unit_kind,
        lines_by_snapshot.subscription_id,
        lines_by_snapshot.item_id
),

-- A line may go on under another subscription with the same item id, if the product lost and gained one line of it.
items_moved as (
    select
        line_changes.*,
        line_changes.was_there = 1 and line_changes.is_there = 1 as has_stayed,
        max(line_changes.was_there - line_changes.is_there) over (
            partition by
                line_changes.window_months, line_changes.end_month, line_changes.account_id,
                line_changes.product_id, line_changes.unit_kind, line_changes.item_id
        ) = 1
        and min(line_changes.was_there - line_changes.is_there) over (
            partition by
                line_changes.window_months, line_changes.end_month, line_changes.account_id,
                line_changes.product_id, line_changes.unit_kind, line_changes.item_id
        ) = -1 as has_moved
    from line_changes
),

-- A line without a match is compared with the other unmatched lines of its product and unit.
matched as (
    select
        items_moved.window_months,
        items_moved.end_month,
        items_moved.account_id,
        items_moved.product_id,
        items_moved.unit_kind,
        sum(items_moved.opening_quantity) as opening_quantity,
        sum(items_moved.closing_quantity) as closing_quantity,
        sum(items_moved.opening_mrr) as opening_mrr,
        sum(items_moved.closing_mrr) as closing_mrr,
        max(items_moved.was_there) as was_there,
        max(items_moved.is_there) as is_there
    from items_moved
    group by
        items_moved.window_months,
        items_moved.end_month,
        items_moved.account_id,
        items_moved.product_id,
        items_moved.unit_kind,
        items_moved.has_stayed,
        case when items_moved.has_stayed then items_moved.subscription_id end,
        items_moved.has_moved,
        case when items_moved.has_stayed or items_moved.has_moved then items_moved.item_id end
),

measured as (
    select
        matched.*,
        min(matched.was_there) over (
            partition by matched.window_months, matched.end_month, matched.account_id, matched.product_id
        ) = 0 as has_new_units,
        min(matched.is_there) over (
            partition by matched.window_months, matched.end_month, matched.account_id, matched.product_id
        ) = 0 as has_lost_units
    from matched
),

-- A change of unit is a change of price, and so is a fee that comes or goes.
valued as (
    select
        measured.*,
        case
            when measured.was_there <> measured.is_there
                and (measured.unit_kind = 'flat' or (measured.has_new_units and measured.has_lost_units)) then 0
            when measured.opening_quantity > 0
                then {{ to_cents(
                    '(measured.closing_quantity - measured.opening_quantity)'
                    ~ ' * cast(measured.opening_mrr as double) / measured.opening_quantity'
                ) }}
            when measured.opening_mrr = 0 and measured.closing_quantity > 0 then measured.closing_mrr
            else 0
        end as quantity_change
    from measured
),

final as (
    select
        valued.window_months,
        valued.end_month,
        valued.account_id,
        valued.product_id,
        sum(case when valued.unit_kind = 'usage' then 0 else valued.quantity_change end) as licensed_change,
        sum(case when valued.unit_kind = 'usage' then valued.quantity_change else 0 end) as metered_change
    from valued
    group by valued.window_months, valued.end_month, valued.account_id, valued.product_id
)

select * from final
