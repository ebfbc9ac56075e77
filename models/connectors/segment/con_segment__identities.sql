with

statements as (
    select
        loaded.user_id,
        loaded.stated_at,
        loaded.email,
        loaded.created_at,
        loaded.deactivated_at,
        loaded.department,
        1 as preference
    from ({{ loaded_rows('segment', 'identify') }}) as loaded
),

-- The row of a user states when it last changed, not when the user was first seen.
users as (
    select
        loaded.id as user_id,
        cast(null as timestamp) as stated_at,
        loaded.email,
        loaded.created_at,
        loaded.deactivated_at,
        loaded.department,
        2 as preference
    from ({{ loaded_rows('segment', 'user') }}) as loaded
),

united as (
    select * from statements
    union all
    select * from users
),

final as (
    select
        united.user_id,
        united.email,
        united.department,
        united.deactivated_at,
        coalesce(
            min(united.created_at) over (partition by united.user_id),
            min(united.stated_at) over (partition by united.user_id)
        ) as created_at,
        row_number() over (
            partition by united.user_id
            order by
                united.preference,
                united.stated_at desc,
                united.email desc,
                united.department desc,
                united.deactivated_at desc
        ) as statement_number
    from united
)

select * from final
