-- Departments with an active user in the window of use, and in the window that ended window_days before. A user counts
-- once its record exists. The number before is unknown where the feed of users did not reach back to its window.
with

usage_windows as (
    select * from {{ ref('int_usage_windows') }}
),

days_back as (
    select * from {{ ref('int_days_back') }}
),

user_months as (
    select * from {{ ref('int_usage_user_months') }}
),

users as (
    select * from {{ ref('stg_product__users') }}
),

coverage as (
    select * from {{ ref('int_usage_feed_coverage') }}
),

expansion_signals as (
    select * from {{ ref('policy_expansion_signals') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

departments as (
    select
        users.account_id,
        users.user_id,
        lower(trim(users.department)) as department,
        coalesce(cast(users.created_at as date), cast('1900-01-01' as date)) as created_on
    from users
    where trim(users.department) <> ''
),

snapshot_dates as (
    select distinct usage_windows.snapshot_date
    from usage_windows
),

window_days as (
    select
        snapshot_dates.snapshot_date,
        days_back.days_back < expansion_signals.window_days as is_current,
        {{ add_days('snapshot_dates.snapshot_date', '-days_back.days_back') }} as usage_on
    from snapshot_dates
    cross join settings
    inner join expansion_signals
        on expansion_signals.signal = 'departments_active'
    inner join days_back
        on settings.usage_window_days > days_back.days_back
        or (
            expansion_signals.window_days <= days_back.days_back
            and expansion_signals.window_days + settings.usage_window_days > days_back.days_back
        )
),

window_months as (
    select
        window_days.snapshot_date,
        cast(date_trunc('month', window_days.usage_on) as date) as month,
        coalesce(bit_or({{ day_bit('window_days.usage_on') }}) filter (where window_days.is_current), 0)
            as current_bits,
        coalesce(bit_or({{ day_bit('window_days.usage_on') }}) filter (where not window_days.is_current), 0)
            as earlier_bits
    from window_days
    group by window_days.snapshot_date, cast(date_trunc('month', window_days.usage_on) as date)
),

oldest_days as (
    select
        window_days.snapshot_date,
        min(window_days.usage_on) as earlier_from
    from window_days
    group by window_days.snapshot_date
),

counted as (
    select
        window_months.snapshot_date,
        user_months.account_id,
        count(distinct case
            when (user_months.day_bits & window_months.current_bits) > 0 then departments.department
        end) as departments,
        count(distinct case
            when (user_months.day_bits & window_months.earlier_bits) > 0 then departments.department
        end) as earlier_departments
    from user_months
    inner join window_months
        on user_months.month = window_months.month
    inner join departments
        on user_months.account_id = departments.account_id
        and user_months.user_id = departments.user_id
        and window_months.snapshot_date >= departments.created_on
    group by window_months.snapshot_date, user_months.account_id
),

final as (
    select
        usage_windows.snapshot_date,
        usage_windows.account_id,
        counted.departments,
        case
            when coverage.active_users_from <= oldest_days.earlier_from then counted.earlier_departments
        end as earlier_departments
    from usage_windows
    cross join coverage
    inner join counted
        on usage_windows.snapshot_date = counted.snapshot_date
        and usage_windows.account_id = counted.account_id
    inner join oldest_days
        on usage_windows.snapshot_date = oldest_days.snapshot_date
)

select * from final
