with

rating_changes as (
    select
        loaded.ticket_id,
        lower(loaded.value) as rating,
        row_number() over (
            partition by loaded.ticket_id
            order by
                loaded.updated desc,
                case when lower(loaded.value) in ('offered', 'unoffered') then 1 else 0 end,
                loaded.value
        ) as change_number
    from ({{ loaded_rows('zendesk', 'ticket_field_history') }}) as loaded
    where lower(loaded.field_name) = 'satisfaction_score'
),

final as (
    select
        rating_changes.ticket_id,
        rating_changes.rating
    from rating_changes
    where rating_changes.change_number = 1
)

select * from final
