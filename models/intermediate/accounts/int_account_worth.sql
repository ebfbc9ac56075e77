with

accounts as (
    select * from {{ ref('int_accounts_today') }}
),

lifetime_values as (
    select * from {{ ref('int_lifetime_values') }}
),

unused_seats as (
    select * from {{ ref('int_unused_seats') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        accounts.account_id,
        lifetime_values.ltv,
        lifetime_values.lifetime_years,
        lifetime_values.is_capped,
        unused_seats.unused_seats,
        unused_seats.unused_seat_mrr
    from accounts
    cross join run_context
    left join lifetime_values
        on accounts.account_id = lifetime_values.account_id
    left join unused_seats
        on accounts.account_id = unused_seats.account_id
        and run_context.as_of_date = unused_seats.snapshot_date
)

select * from final
