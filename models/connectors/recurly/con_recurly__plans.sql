-- Plans and add-ons. The product is the plan's code, or what source_values.csv maps it to.
with

plans as (
    select * from ({{ loaded_rows('recurly', 'plan') }}) as loaded
),

add_ons as (
    select * from ({{ loaded_rows('recurly', 'add_on') }}) as loaded
),

priced as (
    select
        plans.id as plan_id,
        plans.name as plan_name,
        coalesce({{ source_value('recurly', 'plan.product', 'plans.code') }}, plans.id) as product_id,
        plans._version as version_number
    from plans
    union all
    select
        add_ons.id as plan_id,
        add_ons.name as plan_name,
        coalesce(add_ons.code, add_ons.id) as product_id,
        add_ons._version as version_number
    from add_ons
),

final as (
    select
        priced.plan_id,
        priced.plan_name,
        priced.product_id,
        -- Recurly has no products. A product of several plans keeps its id as its name.
        case when count(*) over (partition by priced.product_id, priced.version_number) = 1 then priced.plan_name end
            as product_name,
        cast(null as int) as plan_rank,
        cast(null as timestamp) as loaded_at,
        case when priced.version_number > 1 then 'older_version' end as not_taken
    from priced
)

select * from final
