with

user_months as (
    select * from {{ ref('int_usage_user_months') }}
),

window_months as (
    select * from {{ ref('int_usage_window_months') }}
),

users_in_windows as (
    select
        window_months.snapshot_date,
        user_months.account_id,
        user_months.user_id,
        sum(bit_count(user_months.day_bits & window_months.current_bits)) as current_days,
        sum(bit_count(user_months.day_bits & window_months.previous_bits)) as previous_days
    from user_months
    inner join window_months
        on user_months.month = window_months.month
    group by window_months.snapshot_date, user_months.account_id, user_months.user_id
),

final as (
    select
        users_in_windows.snapshot_date,
        users_in_windows.account_id,
        count_if(users_in_windows.current_days > 0) as active_users,
        count_if(users_in_windows.previous_days > 0) as previous_active_users,
        sum(users_in_windows.current_days) as user_days,
        sum(users_in_windows.previous_days) as previous_user_days
    from users_in_windows
    group by users_in_windows.snapshot_date, users_in_windows.account_id
)

select * from final
