-- Seats in force without an active user in the window of use. A seat costs the mean of the lines that have seats.
with

usage_windows as (
    select * from {{ ref('int_usage_windows') }}
),

lines_by_snapshot as (
    select * from {{ ref('int_mrr_lines_by_snapshot') }}
),

seat_prices as (
    select
        lines_by_snapshot.snapshot_date,
        lines_by_snapshot.account_id,
        cast(sum(lines_by_snapshot.mrr) as double) / sum(lines_by_snapshot.seats) as seat_mrr
    from lines_by_snapshot
    where lines_by_snapshot.seats > 0
    group by lines_by_snapshot.snapshot_date, lines_by_snapshot.account_id
),

final as (
    select
        usage_windows.snapshot_date,
        usage_windows.account_id,
        usage_windows.seats,
        usage_windows.active_users,
        greatest(usage_windows.seats - usage_windows.active_users, 0) as unused_seats,
        {{ to_cents('greatest(usage_windows.seats - usage_windows.active_users, 0) * seat_prices.seat_mrr') }}
            as unused_seat_mrr
    from usage_windows
    inner join seat_prices
        on usage_windows.snapshot_date = seat_prices.snapshot_date
        and usage_windows.account_id = seat_prices.account_id
    where usage_windows.active_users is not null
)

select * from final
