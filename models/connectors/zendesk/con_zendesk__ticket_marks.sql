with

tickets as (
    select * from ({{ loaded_rows('zendesk', 'ticket') }}) as loaded
    where _version = 1
),

tags as (
    select
        coalesce(loaded.ticket_id, tickets.id) as ticket_id,
        loaded.tag
    from ({{ loaded_rows('zendesk', 'ticket_tag') }}) as loaded
    left join tickets
        on loaded.parent_row_id = tickets.row_id
),

meanings as (
    select
        source_values.value,
        source_values.means
    from {{ ref('policy_source_values') }} as source_values
    where
        source_values.system = 'zendesk'
        and source_values.field = 'ticket_tag.tag'
        and source_values.value <> '*'
),

merges as (
    {{ list_items('tickets', 'id', 'merged_ticket_ids') }}
),

marks as (
    select
        tags.ticket_id,
        {{ source_value('zendesk', 'ticket_tag.tag', 'tags.tag') }} as mark
    from tags
    union all
    select
        tickets.id as ticket_id,
        meanings.means as mark
    from tickets
    inner join meanings
        on {{ lists_value('tickets.tags', 'meanings') }}
    union all
    select
        merges.item as ticket_id,
        'merged' as mark
    from merges
),

final as (
    select
        marks.ticket_id,
        max(case when marks.mark = 'escalated' then 1 else 0 end) = 1 as is_escalated,
        max(case when marks.mark = 'merged' then 1 else 0 end) = 1 as is_merged
    from marks
    group by marks.ticket_id
)

select * from final
