-- Only rows that count are looked at. Of the values that were not used, a placeholder date makes the poorer example.
with

usage_rows as (
    select * from {{ ref('base_product__rows_counted') }}
),

given as (
    {% for raw in raw_tables() if not raw.is_usage %}
    {% set base = ref('base_' ~ raw.system ~ '__' ~ raw.table) %}
    {% for name, meta in (checked_columns(raw.system, raw.table) if execute else {}).items() %}
    select
        '{{ raw.system }}' as source_system,
        '{{ raw.table }}' as table_name,
        '{{ name }}' as column_name,
        {{ is_held_to_limit(meta) | string | lower }} as is_held_to_limit,
        {{ (meta.type in ('date', 'timestamp')) | string | lower }} as is_dated,
        {{ 'count(*) - count(base_rows.loaded_at__invalid)' if name == 'loaded_at' else 'count(base_rows.' ~ name ~ ')' }} as values_used
    from {{ base }} as base_rows
    where base_rows.row_status = 'accepted'
    union all
    {% endfor %}
    {% endfor %}
    {% for name in ['quantity', 'duration_seconds', 'loaded_at'] %}
    select
        'product' as source_system,
        usage_rows.table_name,
        '{{ name }}' as column_name,
        true as is_held_to_limit,
        false as is_dated,
        sum(usage_rows.accepted_rows - usage_rows.{{ name }}_nulled) as values_used
    from usage_rows
    group by usage_rows.table_name
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

unused as (
    {% for raw in raw_tables() if not raw.is_usage %}
    {% set base = ref('base_' ~ raw.system ~ '__' ~ raw.table) %}
    {% for name in (checked_columns(raw.system, raw.table) if execute else {}) %}
    select
        '{{ raw.system }}' as source_system,
        '{{ raw.table }}' as table_name,
        '{{ name }}' as column_name,
        base_rows.{{ name }}__invalid as example,
        base_rows.row_key as example_row,
        1 as times
    from {{ base }} as base_rows
    where base_rows.{{ name }}__invalid is not null and base_rows.row_status = 'accepted'
    union all
    {% endfor %}
    {% endfor %}
    {% for name in ['quantity', 'duration_seconds', 'loaded_at'] %}
    select
        'product' as source_system,
        usage_rows.table_name,
        '{{ name }}' as column_name,
        min(usage_rows.{{ name }}_example) as example,
        cast(null as string) as example_row,
        sum(usage_rows.{{ name }}_nulled) as times
    from usage_rows
    where usage_rows.{{ name }}_nulled > 0
    group by usage_rows.table_name
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

judged as (
    select
        unused.*,
        given.is_dated and {{ is_placeholder_text('unused.example') }} as is_placeholder
    from unused
    inner join given
        on unused.source_system = given.source_system
        and unused.table_name = given.table_name
        and unused.column_name = given.column_name
),

ranked as (
    select
        judged.*,
        row_number() over (
            partition by judged.source_system, judged.table_name, judged.column_name
            order by judged.is_placeholder, judged.example, judged.example_row
        ) as example_number
    from judged
),

counted as (
    select
        ranked.source_system,
        ranked.table_name,
        ranked.column_name,
        sum(ranked.times) as values_nulled,
        sum(case when ranked.is_placeholder then ranked.times else 0 end) as placeholder_values,
        max(case when ranked.example_number = 1 then ranked.example end) as example,
        max(case when ranked.example_number = 1 then ranked.example_row end) as example_row
    from ranked
    group by ranked.source_system, ranked.table_name, ranked.column_name
),

final as (
    select
        given.source_system,
        given.table_name,
        given.column_name,
        given.is_held_to_limit,
        given.values_used + coalesce(counted.values_nulled, 0) as values_given,
        coalesce(counted.values_nulled, 0) as values_nulled,
        coalesce(counted.placeholder_values, 0) as placeholder_values,
        counted.example,
        counted.example_row
    from given
    left join counted
        on given.source_system = counted.source_system
        and given.table_name = counted.table_name
        and given.column_name = counted.column_name
)

select * from final
