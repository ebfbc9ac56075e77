with

parts as (
    select
        loaded.conversation_id,
        loaded.created_at,
        lower(loaded.part_type) as part_type,
        lower(loaded.author_type) as author_type
    from ({{ loaded_rows('intercom', 'conversation_part') }}) as loaded
    where loaded._version = 1
),

final as (
    select
        parts.conversation_id,
        min(case when parts.part_type = 'comment' and parts.author_type = 'admin' then parts.created_at end)
            as first_responded_at,
        max(case when parts.part_type = 'close' then parts.created_at end) as closed_at,
        max(case when parts.author_type = 'admin' then 1 else 0 end) = 1 as has_admin,
        max(case when parts.author_type = 'bot' then 1 else 0 end) = 1 as has_bot
    from parts
    group by parts.conversation_id
)

select * from final
