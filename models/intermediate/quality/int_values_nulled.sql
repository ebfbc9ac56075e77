-- Only accepted rows count. The example of an unused value is a placeholder date only if there is no other.
with

usage_rows as (
    select * from {{ ref('base_product__rows_counted') }}
),

given as (
    {% for raw in raw_tables() if not raw.is_usage %}
    {% set base = ref('base_' ~ raw.system ~ '__' ~ raw.table) %}
    {% for name, meta in (checked_columns(raw.system, raw.table) if execute else {}).items() %}
    {% set invalid = 'base_rows.' ~ name ~ '__invalid' %}
    {% set used = 'count(*) - count(' ~ invalid ~ ')' if name == 'loaded_at' else 'count(base_rows.' ~ name ~ ')' %}
    select
        '{{ raw.system }}' as source_system,
        '{{ raw.table }}' as table_name,
        '{{ name }}' as column_name,
        {{ is_held_to_limit(meta) | string | lower }} as is_held_to_limit,
        {{ (meta.type in ('date', 'timestamp')) | string | lower }} as is_dated,
        {{ invalid }} as example,
        min(base_rows.row_key) as example_row,
        {{ used }} as values_used,
        count({{ invalid }}) as values_nulled
    from {{ base }} as base_rows
    where base_rows.row_status = 'accepted'
    group by {{ invalid }}
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
        min(usage_rows.{{ name }}_example) as example,
        cast(null as string) as example_row,
        sum(usage_rows.accepted_rows - usage_rows.{{ name }}_nulled) as values_used,
        sum(usage_rows.{{ name }}_nulled) as values_nulled
    from usage_rows
    group by usage_rows.table_name
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

judged as (
    select
        given.*,
        given.is_dated and coalesce({{ is_placeholder_text('given.example') }}, false) as is_placeholder
    from given
),

ranked as (
    select
        judged.*,
        row_number() over (
            partition by judged.source_system, judged.table_name, judged.column_name
            order by judged.values_nulled = 0, judged.is_placeholder, judged.example, judged.example_row
        ) as example_number
    from judged
),

final as (
    select
        ranked.source_system,
        ranked.table_name,
        ranked.column_name,
        ranked.is_held_to_limit,
        sum(ranked.values_used + ranked.values_nulled) as values_given,
        sum(ranked.values_nulled) as values_nulled,
        sum(case when ranked.is_placeholder then ranked.values_nulled else 0 end) as placeholder_values,
        max(case when ranked.example_number = 1 then ranked.example end) as example,
        max(case when ranked.example_number = 1 and ranked.values_nulled > 0 then ranked.example_row end) as example_row
    from ranked
    group by ranked.source_system, ranked.table_name, ranked.column_name, ranked.is_held_to_limit
)

select * from final
