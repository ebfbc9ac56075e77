-- Counts the rows of the extracts themselves, so that the reconciliation does not depend on staging.
with

final as (
    {% for raw in raw_tables() %}
    {% set relation = raw_relation(raw.system, raw.table) %}
    select
        '{{ raw.system }}' as source_system,
        '{{ raw.table }}' as table_name,
        {{ 'true' if relation is not none else 'false' }} as is_present,
        count(*) as raw_rows,
        {{ 'count(not_taken)' if 'not_taken' in raw_columns(relation) else '0' }} as not_taken_rows
    from {{ relation if relation is not none else '(select 1 as absent where 1 = 0)' }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
