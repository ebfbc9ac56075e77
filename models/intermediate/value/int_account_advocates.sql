-- An advocate is healthy on as_of_date, and recommends us.
with

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

recommendations as (
    select * from {{ ref('int_recommendations') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select health_statuses.account_id
    from health_statuses
    inner join run_context
        on health_statuses.snapshot_date = run_context.as_of_date
    inner join recommendations
        on health_statuses.snapshot_date = recommendations.snapshot_date
        and health_statuses.account_id = recommendations.account_id
    where health_statuses.health_status = 'healthy'
        and recommendations.is_recommending
)

select * from final
