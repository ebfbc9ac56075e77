-- A recorded reason can explain a churn near to it, before or after.
with

churns as (
    select * from {{ ref('int_churns') }}
),

churn_reasons as (
    select * from {{ ref('stg_crm__churn_reasons') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

flags as (
    select * from {{ ref('policy_retention_flags') }}
),

near as (
    select
        churns.account_id,
        churns.churned_month,
        churns.churned_on,
        churn_reasons.churned_on as recorded_on,
        lower(churn_reasons.reason_code) as reason_code,
        abs({{ days_between('churns.churned_on', 'churn_reasons.churned_on') }}) as days_apart,
        flags.reason_match_days
    from churns
    inner join churn_reasons
        on churns.account_id = churn_reasons.account_id
    cross join run_context
    cross join flags
    where churn_reasons.churned_on <= run_context.as_of_date
),

final as (
    select
        near.account_id,
        near.churned_month,
        near.churned_on,
        near.recorded_on,
        near.reason_code,
        near.days_apart
    from near
    where near.days_apart <= near.reason_match_days
)

select * from final
