with

statements as (
    select
        loaded.user_id,
        loaded.group_id,
        cast(loaded.stated_at as date) as stated_on,
        row_number() over (
            partition by loaded.user_id, cast(loaded.stated_at as date)
            order by loaded.stated_at desc, loaded.group_id desc
        ) as statement_number
    from ({{ loaded_rows('segment', 'group') }}) as loaded
    where
        loaded.user_id is not null
        and loaded.group_id is not null
        and loaded.stated_at is not null
),

-- The last statement of a day holds for the whole day, and until the day of the next one.
final as (
    select
        statements.user_id,
        statements.group_id,
        statements.stated_on as valid_from,
        lead(statements.stated_on) over (
            partition by statements.user_id order by statements.stated_on
        ) as valid_to
    from statements
    where statements.statement_number = 1
)

select * from final
