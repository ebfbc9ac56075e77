-- The add-ons of a subscription with their price. A tiered add-on has none.
with

loaded_versions as (
    select * from ({{ loaded_rows('recurly', 'subscription_add_on') }}) as loaded
),

add_ons as (
    select * from ({{ loaded_rows('recurly', 'add_on') }}) as loaded
    where loaded._version = 1
),

described as (
    select
        loaded_versions.*,
        cast(coalesce(loaded_versions.updated_at, loaded_versions.created_at) as date) as stated_on,
        coalesce(add_ons.code, loaded_versions.plan_add_on_id, loaded_versions.id) as product_id,
        coalesce(lower(add_ons.add_on_type) = 'usage', false)
        or loaded_versions.usage_timeframe is not null
        or loaded_versions.usage_percentage is not null as is_metered
    from loaded_versions
    left join add_ons
        on loaded_versions.plan_add_on_id = add_ons.id
),

final as (
    select
        described.subscription_id,
        described.id as item_id,
        described.product_id,
        described.plan_add_on_id,
        described.stated_on,
        min(cast(described.created_at as date)) over (partition by described.id) as added_on,
        max(case when described._version = 1 then cast(described.expired_at as date) end) over (
            partition by described.id
        ) as removed_on,
        -- A metered add-on commits the customer to nothing.
        case when described.is_metered then 0 else described.quantity end as quantity,
        case when described.is_metered then coalesce(described.unit_amount, 0) else described.unit_amount end
            as unit_amount,
        case when described.is_metered then 'usage' else '{{ source_setting("recurly", "unit_without_label") }}' end
            as unit,
        row_number() over (partition by described.id, described.stated_on order by described._version) as from_the_last,
        max(case when described.unit_amount is null and not described.is_metered then 1 else 0 end) over (
            partition by described.subscription_id
        ) = 0 as is_priced
    from described
)

select * from final
