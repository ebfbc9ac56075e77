with

conversations as (
    select * from ({{ loaded_rows('intercom', 'conversation') }}) as loaded
    where _version = 1
),

conversation_tags as (
    select * from ({{ loaded_rows('intercom', 'conversation_tag') }}) as loaded
    where
        _version = 1
        and coalesce(is_active, true)
),

tags as (
    select * from ({{ loaded_rows('intercom', 'tag') }}) as loaded
    where _version = 1
),

meanings as (
    select
        source_values.value,
        source_values.means
    from {{ ref('policy_source_values') }} as source_values
    where
        source_values.system = 'intercom'
        and source_values.field = 'tag.name'
        and source_values.value <> '*'
),

marks as (
    select
        conversation_tags.conversation_id,
        {{ source_value('intercom', 'tag.name', 'tags.name') }} as mark
    from conversation_tags
    inner join tags
        on conversation_tags.tag_id = tags.id
    union all
    select
        conversations.id as conversation_id,
        meanings.means as mark
    from conversations
    inner join meanings
        on {{ lists_value('conversations.tags', 'meanings') }}
),

final as (
    select distinct marks.conversation_id
    from marks
    where marks.mark = 'escalated'
)

select * from final
