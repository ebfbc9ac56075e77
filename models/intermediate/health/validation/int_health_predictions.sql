-- What a month-end's score would have foretold: of those who had not given notice, with what has a history alone. Once for the
-- account's touch tier, once for all.
with

scores as (
    select * from {{ ref('int_health_scores') }}
),

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

foretold as (
    select
        scores.snapshot_date,
        scores.account_id,
        scores.scheme,
        scores.touch_tier,
        scores.past_score
    from scores
    inner join snapshot_dates
        on scores.snapshot_date = snapshot_dates.snapshot_date
    inner join customers
        on scores.snapshot_date = customers.snapshot_date
        and scores.account_id = customers.account_id
    where snapshot_dates.is_month_end
        and not customers.has_given_notice
        and scores.past_score is not null
),

final as (
    select
        foretold.snapshot_date,
        foretold.account_id,
        foretold.scheme,
        foretold.touch_tier,
        foretold.past_score
    from foretold
    union all
    select
        foretold.snapshot_date,
        foretold.account_id,
        foretold.scheme,
        'all' as touch_tier,
        foretold.past_score
    from foretold
)

select * from final
