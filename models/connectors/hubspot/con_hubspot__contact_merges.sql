-- The contact that stands lists those that were merged into it, as `id` or as `id:time`.
with

contacts as (
    select * from ({{ loaded_rows('hubspot', 'contact') }}) as loaded
    where loaded._version = 1
),

contact_merges as (
    select * from ({{ loaded_rows('hubspot', 'contact_merge') }}) as loaded
    where loaded._version = 1
),

lists as (
    select
        contacts.id,
        contacts.merged_vids as merged
    from contacts
    where contacts.merged_vids is not null
    union all
    select
        contacts.id,
        contacts.merged_ids as merged
    from contacts
    where contacts.merged_ids is not null
),

parts as (
    {{ list_parts('lists', ['id'], 'merged') }}
),

found as (
    select
        split_part(parts.part, ':', 1) as contact_id,
        parts.id as merged_into
    from parts
    union all
    select
        contact_merges.merged_id as contact_id,
        contact_merges.contact_id as merged_into
    from contact_merges
),

final as (
    select
        found.contact_id,
        min(found.merged_into) as merged_into
    from found
    where found.contact_id <> found.merged_into
    group by found.contact_id
)

select * from final
