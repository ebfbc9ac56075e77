-- Graduated: each tier has its own units. Volume: all units count at the tier that they reach. A tier's fee is added.
-- The fee of the first tier is committed without a unit.
with

states as (
    select * from {{ ref('con_stripe__item_states') }}
),

loaded_tiers as (
    select * from ({{ loaded_rows('stripe', 'tier') }}) as loaded
    where loaded._version = 1
),

prices as (
    select * from {{ ref('con_stripe__prices') }}
    where place = 1
),

tiers as (
    select
        loaded_tiers.price_id,
        prices.tiers_mode,
        coalesce(
            lag(loaded_tiers.up_to) over (
                partition by loaded_tiers.price_id
                order by coalesce(loaded_tiers.up_to, 1e15)
            ),
            0
        ) as units_before,
        coalesce(loaded_tiers.up_to, 1e15) as units_to,
        coalesce(loaded_tiers.unit_amount_decimal, loaded_tiers.unit_amount, 0) / prices.minor_per_major as unit_amount,
        coalesce(loaded_tiers.flat_amount_decimal, loaded_tiers.flat_amount, 0) / prices.minor_per_major as flat_amount
    from loaded_tiers
    inner join prices
        on loaded_tiers.price_id = prices.price_id
),

quantities as (
    select distinct
        states.price_id,
        states.quantity
    from states
    where states.quantity is not null
),

reached as (
    select
        quantities.price_id,
        quantities.quantity,
        case
            when tiers.tiers_mode = 'volume'
                then
                    case
                        when quantities.quantity <= tiers.units_to
                            then quantities.quantity * tiers.unit_amount + tiers.flat_amount
                        else 0
                    end
            else
                (least(quantities.quantity, tiers.units_to) - tiers.units_before) * tiers.unit_amount
                + tiers.flat_amount
        end as amount
    from quantities
    inner join tiers
        on quantities.price_id = tiers.price_id
        and (quantities.quantity > tiers.units_before or tiers.units_before = 0)
),

final as (
    select
        reached.price_id,
        reached.quantity,
        sum(reached.amount) as amount
    from reached
    group by reached.price_id, reached.quantity
)

select * from final
