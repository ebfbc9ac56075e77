-- The company that stands lists those that were merged into it.
with

companies as (
    select * from ({{ loaded_rows('hubspot', 'company') }}) as loaded
    where loaded._version = 1 and loaded.merged_ids is not null
),

parts as (
    {{ list_parts('companies', ['id'], 'merged_ids') }}
),

final as (
    select
        parts.part as company_id,
        min(parts.id) as merged_into
    from parts
    where parts.part <> parts.id
    group by parts.part
)

select * from final
