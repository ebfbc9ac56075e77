-- active: has paid, and has a contract in force, even if it is paused or free for a time.
-- churned: has paid, and has no contract now.
with

accounts as (
    select * from {{ ref('stg_crm__accounts') }}
),

subscriptions as (
    select * from {{ ref('stg_billing__subscriptions') }}
),

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

customers as (
    select * from {{ ref('int_customers_today') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

owners as (
    select * from {{ ref('int_account_owners_monthly') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

first_paid_months as (
    select distinct
        account_mrr.account_id,
        account_mrr.first_mrr_month,
        account_mrr.is_opening_account
    from account_mrr
),

known_accounts as (
    select accounts.*
    from accounts
    cross join run_context
    left join customers
        on accounts.account_id = customers.account_id
    where cast(accounts.created_at as date) <= run_context.as_of_date
        or customers.account_id is not null
),

mrr_today as (
    select account_mrr.*
    from account_mrr
    inner join run_context
        on account_mrr.month = run_context.as_of_month
),

trials as (
    select distinct subscriptions.account_id
    from subscriptions
    cross join run_context
    where {{ in_force('run_context.as_of_date', 'subscriptions.started_on', 'subscriptions.ended_on') }}
        and (
            subscriptions.trial_ends_on > run_context.as_of_date
            or (
                subscriptions.trial_ends_on is null
                and coalesce(subscriptions.is_trial, subscriptions.status = 'trialing', false)
            )
        )
),

final as (
    select
        known_accounts.account_id,
        known_accounts.account_name,
        known_accounts.parent_account_id,
        known_accounts.industry,
        known_accounts.region,
        owners.csm_id,
        coalesce(known_accounts.is_strategic, false) as is_strategic,
        case
            when customers.has_contract then 'active'
            when customers.account_id is not null then 'churned'
            when trials.account_id is not null then 'trial'
            else 'prospect'
        end as status,
        customers.customer_since,
        first_paid_months.first_mrr_month,
        case
            when not first_paid_months.is_opening_account
                then cast(date_trunc('quarter', first_paid_months.first_mrr_month) as date)
        end as cohort_quarter,
        coalesce(first_paid_months.is_opening_account, false) as is_opening_account,
        customers.churned_on,
        {{ months_between(
            'first_paid_months.first_mrr_month', 'coalesce(customers.churned_on, run_context.as_of_month)'
        ) }} as tenure_months,
        coalesce(mrr_today.mrr, 0) as mrr,
        coalesce(mrr_today.seats, 0) as seats,
        coalesce(customers.is_paused, false) as is_paused,
        account_tiers.arr_tier,
        account_tiers.touch_tier,
        account_tiers.investment_tier
    from known_accounts
    cross join run_context
    left join owners
        on known_accounts.account_id = owners.account_id
        and run_context.as_of_month = owners.month
    left join mrr_today
        on known_accounts.account_id = mrr_today.account_id
    left join account_tiers
        on known_accounts.account_id = account_tiers.account_id
        and run_context.as_of_month = account_tiers.month
    left join customers
        on known_accounts.account_id = customers.account_id
    left join first_paid_months
        on known_accounts.account_id = first_paid_months.account_id
    left join trials
        on known_accounts.account_id = trials.account_id
)

select * from final
