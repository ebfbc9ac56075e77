-- How an account that pays is served on as_of_date, what it costs, and whether it deserves more.
with

accounts_covered as (
    select * from {{ ref('int_accounts_covered') }}
),

reviews as (
    select * from {{ ref('int_account_reviews') }}
),

coverage_tiers as (
    select * from {{ ref('int_account_coverage_tiers') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        accounts_covered.account_id,
        coverage_tiers.is_temporary_upgrade,
        reviews.watch,
        accounts_covered.is_upgrade_candidate,
        accounts_covered.cost_to_serve as cost_to_serve_12m,
        accounts_covered.investment_status
    from accounts_covered
    cross join run_context
    left join reviews
        on accounts_covered.account_id = reviews.account_id
    left join coverage_tiers
        on accounts_covered.account_id = coverage_tiers.account_id
        and run_context.as_of_month = coverage_tiers.month
)

select * from final
