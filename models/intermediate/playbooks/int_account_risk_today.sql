-- The highest level whose score or request holds, at any number of days. Notice is a request to cancel. Only a score
-- with enough evidence makes a risk.
with

customers as (
    select * from {{ ref('int_customers_today') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

indicators as (
    select * from {{ ref('int_leading_indicators') }}
),

commitments as (
    select * from {{ ref('int_account_commitments') }}
),

risk_levels as (
    select * from {{ ref('policy_risk_levels') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

cancel_requests as (
    select distinct indicators.account_id
    from indicators
    inner join run_context
        on indicators.snapshot_date = run_context.as_of_date
    where indicators.indicator = 'cancel_request'
),

judged as (
    select
        customers.account_id,
        health_statuses.evidenced_score,
        cancel_requests.account_id is not null or commitments.notice_given_on is not null as has_asked_to_cancel
    from customers
    cross join run_context
    left join health_statuses
        on customers.account_id = health_statuses.account_id
        and run_context.as_of_date = health_statuses.snapshot_date
    left join cancel_requests
        on customers.account_id = cancel_requests.account_id
    left join commitments
        on customers.account_id = commitments.account_id
    where customers.has_contract
),

final as (
    select
        judged.account_id,
        max_by(risk_levels.risk_level, risk_levels.risk_rank) as risk_level
    from judged
    inner join risk_levels
        on (risk_levels.below_score is null or judged.evidenced_score < risk_levels.below_score)
        and (not risk_levels.on_cancel_request or judged.has_asked_to_cancel)
    group by judged.account_id
)

select * from final
