-- Accounts that meet too few criteria for an action are watched in dim_accounts.
with

reviews as (
    select * from {{ ref('int_account_reviews') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

accounts_covered as (
    select * from {{ ref('int_accounts_covered') }}
),

coverage_targets as (
    select * from {{ ref('policy_coverage_targets') }}
),

settings as (
    select * from {{ ref('policy_coverage_settings') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

final as (
    select
        reviews.account_id,
        account_names.account_name,
        cast(reviews.criteria_met as int) as criteria_met,
        reviews.reasons,
        reviews.gravest_action as action,
        accounts_covered.touch_tier,
        accounts_covered.arr,
        cast(accounts_covered.support_cost as decimal(18, 2)) as support_cost_12m,
        cast(accounts_covered.cost_to_serve as decimal(18, 2)) as cost_to_serve_12m,
        cast(accounts_covered.cost_to_serve as double) / nullif(cast(accounts_covered.arr as double), 0)
            as cost_to_serve_rate,
        coverage_targets.cost_to_serve_high as cost_target_high,
        run_context.reporting_currency
    from reviews
    cross join run_context
    inner join settings
        on reviews.criteria_met >= settings.review_act_criteria
    inner join accounts_covered
        on reviews.account_id = accounts_covered.account_id
    inner join coverage_targets
        on accounts_covered.touch_tier = coverage_targets.touch_tier
    left join account_names
        on reviews.account_id = account_names.account_id
)

select * from final
