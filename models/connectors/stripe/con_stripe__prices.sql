-- Plans from before prices existed are in the table of plans alone. The contract has no days, so n days are a week of
-- 7/n of the amount.
with

prices as (
    select * from ({{ loaded_rows('stripe', 'price') }}) as loaded
),

plans as (
    select * from ({{ loaded_rows('stripe', 'plan') }}) as loaded
),

products as (
    select * from ({{ loaded_rows('stripe', 'product') }}) as loaded
    where loaded._version = 1
),

minor_units as (
    select * from {{ ref('policy_minor_units') }}
),

united as (
    {% for part in ['prices', 'plans'] %}
    select
        {{ part }}.id,
        {{ part }}.product_id,
        {{ part }}.nickname,
        {{ part }}.currency,
        coalesce({{ part }}.unit_amount_decimal, {{ part }}.unit_amount) as amount,
        {{ part }}.interval_unit,
        coalesce({{ part }}.interval_count, 1) as interval_count,
        {{ part }}.usage_type,
        {{ part }}.tiers_mode,
        {{ part }}.divide_by,
        {{ part }}.round_to,
        {{ part }}.is_live,
        {{ "prices.tax_behavior = 'inclusive'" if part == 'prices' else 'false' }} as includes_tax,
        {{ "prices.type = 'one_time'" if part == 'prices' else 'false' }} as is_one_time,
        {{ loop.index }} as table_number,
        {{ part }}._version as version_number
    from {{ part }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

ranked as (
    select
        united.*,
        row_number() over (
            partition by united.id
            order by united.version_number, united.table_number
        ) as place
    from united
),

final as (
    select
        ranked.id as price_id,
        ranked.place,
        ranked.product_id,
        products.name as product_name,
        coalesce(
            ranked.nickname,
            products.name || ' (' || case when ranked.interval_count > 1 then ranked.interval_count || ' ' else '' end
            || ranked.interval_unit || case when ranked.interval_count > 1 then 's' else '' end || ')',
            products.name
        ) as plan_name,
        ranked.currency,
        power(10, coalesce(minor_units.minor_units, 2)) as minor_per_major,
        ranked.amount / power(10, coalesce(minor_units.minor_units, 2)) as unit_amount,
        case when ranked.interval_unit = 'day' then 'week' else ranked.interval_unit end as billing_interval,
        case when ranked.interval_unit = 'day' then 1 else ranked.interval_count end as billing_interval_count,
        case when ranked.interval_unit = 'day' then cast(7 as double) / ranked.interval_count else 1 end
            as amount_factor,
        ranked.interval_count * case ranked.interval_unit when 'month' then 1 when 'year' then 12 else 0 end
            as interval_months,
        coalesce(ranked.usage_type = 'metered', false) as is_metered,
        case
            when ranked.usage_type = 'metered' then 'usage'
            when products.unit_label is null then '{{ source_setting('stripe', 'unit_without_label') }}'
            else {{ source_value('stripe', 'product.unit_label', 'products.unit_label') }}
        end as unit,
        ranked.tiers_mode,
        ranked.divide_by,
        ranked.round_to,
        coalesce(ranked.includes_tax, false) as includes_tax,
        coalesce(ranked.is_one_time, false) as is_one_time,
        coalesce(ranked.is_live, true) as is_live,
        ranked.version_number > 1 or ranked.place > 1 as is_older_version
    from ranked
    left join products
        on ranked.product_id = products.id
    left join minor_units
        on ranked.currency = upper(minor_units.currency)
)

select * from final
