with

counted as (
    {% for system in sources_in_use() %}
    {% set last_system = loop.last %}
    {% for object in (source_objects(system) if execute else []) %}
    {% do source(system, object.name) %}
    {% set relation = loaded_relation(system, object.name) %}
    select
        '{{ system }}' as source_system,
        '{{ object.name }}' as object_name,
        {{ quoted_text(loaded_table(system, object.name).name) if relation is not none else 'cast(null as string)' }}
            as loaded_from,
        count(*) as rows_read,
        max(loaded._loaded_at) as newest_loaded_at,
        sum(loaded._unread) as unread_values,
        min(loaded._unread_example) as unread_example
    from (
        {{ unread_rows(object, relation, columns_found(relation, object.columns)) }}
    ) as loaded
    {{ 'union all' if not (last_system and loop.last) }}
    {% endfor %}
    {% endfor %}
),

final as (
    select
        counted.source_system,
        counted.object_name,
        counted.loaded_from,
        counted.loaded_from is not null as is_present,
        cast(counted.rows_read as bigint) as rows_read,
        counted.newest_loaded_at,
        cast(coalesce(counted.unread_values, 0) as bigint) as unread_values,
        counted.unread_example
    from counted
)

select * from final
