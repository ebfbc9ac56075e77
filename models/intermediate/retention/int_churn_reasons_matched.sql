-- A recorded reason goes to the churn nearest to it, and of those that come to a churn the nearest counts; earlier on a tie.
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
    select * from {{ ref('int_retention_flags') }}
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

reasons_placed as (
    select
        near.*,
        row_number() over (
            partition by near.account_id, near.recorded_on
            order by near.days_apart, near.churned_on
        ) as churn_number
    from near
    where near.days_apart <= near.reason_match_days
),

reasons_chosen as (
    select
        reasons_placed.*,
        row_number() over (
            partition by reasons_placed.account_id, reasons_placed.churned_month
            order by reasons_placed.days_apart, reasons_placed.recorded_on
        ) as reason_number
    from reasons_placed
    where reasons_placed.churn_number = 1
),

final as (
    select
        reasons_chosen.account_id,
        reasons_chosen.churned_month,
        reasons_chosen.recorded_on,
        reasons_chosen.reason_code
    from reasons_chosen
    where reasons_chosen.reason_number = 1
)

select * from final
