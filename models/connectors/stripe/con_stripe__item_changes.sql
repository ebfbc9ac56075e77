-- A charge tells the price and quantity from the first day of its period on. The item as it is now may differ from its
-- last charge: then it changed with the last silent version since, or else nobody knows when before the load.
with

items as (
    select * from {{ ref('con_stripe__items') }}
),

lines as (
    select * from {{ ref('con_stripe__billed_lines') }}
),

versions as (
    select * from {{ ref('con_stripe__subscription_versions') }}
    where version_number is not null
),

prices as (
    select * from {{ ref('con_stripe__prices') }}
    where place = 1
),

charges as (
    select
        lines.item_id,
        lines.price_id,
        lines.quantity,
        lines.period_start as changed_at,
        lines.amount as tie_amount,
        lines.line_id as tie_id
    from lines
    where lines.amount >= 0
),

-- Without invoices the versions of a subscription with one item tell its quantities.
version_quantities as (
    select
        items.item_id,
        items.price_id,
        versions.quantity,
        versions.version_from as changed_at,
        cast(0 as double) as tie_amount,
        items.item_id as tie_id
    from items
    inner join versions
        on items.subscription_id = versions.subscription_id
    left join charges
        on items.item_id = charges.item_id
    where items.is_present
        and items.items_present = 1
        and versions.quantity is not null
        and charges.item_id is null
),

known as (
    select * from charges
    union all
    select * from version_quantities
),

ranked as (
    select
        known.*,
        row_number() over (
            partition by known.item_id
            order by known.changed_at desc, known.tie_amount desc, known.tie_id desc
        ) as newest
    from known
),

silent_changes as (
    select
        items.item_id,
        max(versions.version_from) as changed_at
    from items
    inner join ranked
        on items.item_id = ranked.item_id and ranked.newest = 1
    inner join versions
        on items.subscription_id = versions.subscription_id
        and ranked.changed_at < versions.version_from
    where versions.is_silent
    group by items.item_id
),

present_states as (
    select
        items.item_id,
        items.price_id,
        items.quantity,
        case
            when ranked.item_id is null then items.began_at
            else coalesce(silent_changes.changed_at, items.loaded_at, ranked.changed_at)
        end as changed_at
    from items
    left join ranked
        on items.item_id = ranked.item_id and ranked.newest = 1
    left join silent_changes
        on items.item_id = silent_changes.item_id
    left join prices
        on items.price_id = prices.price_id
    where items.is_present
        and (
            ranked.item_id is null
            or items.price_id is distinct from ranked.price_id
            or (
                items.quantity is distinct from ranked.quantity
                and items.quantity is not null
                and ranked.quantity is not null
                and not coalesce(prices.is_metered, false)
            )
        )
),

final as (
    select
        known.item_id,
        known.price_id,
        known.quantity,
        known.changed_at,
        known.tie_amount,
        known.tie_id,
        1 as tie_source
    from known
    union all
    select
        present_states.item_id,
        present_states.price_id,
        present_states.quantity,
        present_states.changed_at,
        cast(0 as double) as tie_amount,
        present_states.item_id as tie_id,
        2 as tie_source
    from present_states
)

select * from final
