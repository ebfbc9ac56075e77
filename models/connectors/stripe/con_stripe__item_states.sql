-- The last change of a day counts, and a change to what was in force before is none.
with

items as (
    select * from {{ ref('con_stripe__items') }}
),

changes as (
    select * from {{ ref('con_stripe__item_changes') }}
),

prices as (
    select * from {{ ref('con_stripe__prices') }}
    where place = 1
),

priced as (
    select
        changes.item_id,
        changes.price_id,
        -- Usage is not known in advance: nothing of it is committed.
        case when prices.is_metered then 0 else changes.quantity end as quantity,
        cast(changes.changed_at as date) as changed_on,
        row_number() over (
            partition by changes.item_id, cast(changes.changed_at as date)
            order by changes.changed_at desc, changes.tie_source desc, changes.tie_amount desc, changes.tie_id desc
        ) as last_of_day
    from changes
    left join prices
        on changes.price_id = prices.price_id
),

compared as (
    select
        priced.*,
        lag(priced.price_id) over (partition by priced.item_id order by priced.changed_on) as previous_price_id,
        lag(priced.quantity) over (partition by priced.item_id order by priced.changed_on) as previous_quantity,
        row_number() over (partition by priced.item_id order by priced.changed_on) as state_number
    from priced
    where priced.last_of_day = 1
),

distinct_states as (
    select
        compared.item_id,
        compared.price_id,
        compared.quantity,
        compared.changed_on,
        compared.state_number
    from compared
    where compared.state_number = 1
        or compared.price_id is distinct from compared.previous_price_id
        or compared.quantity is distinct from compared.previous_quantity
),

final as (
    select
        items.subscription_id,
        items.item_id,
        items.is_present,
        distinct_states.price_id,
        distinct_states.quantity,
        case
            when distinct_states.state_number = 1
                then least(distinct_states.changed_on, items.reaches_back_to)
            else distinct_states.changed_on
        end as effective_from,
        coalesce(
            lead(distinct_states.changed_on) over (
                partition by distinct_states.item_id
                order by distinct_states.changed_on
            ),
            case when items.removed_on is not null then greatest(items.removed_on, distinct_states.changed_on) end
        ) as effective_to,
        row_number() over (
            partition by distinct_states.item_id
            order by distinct_states.changed_on desc
        ) = 1 as is_latest
    from distinct_states
    inner join items
        on distinct_states.item_id = items.item_id
)

select * from final
