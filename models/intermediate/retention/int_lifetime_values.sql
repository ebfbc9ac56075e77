-- LTV assumes that the touch tier goes on losing MRR as in the last 12 complete months. The rate of a tier is shrunk
-- towards the company's. An account under notice has no lifetime left to value.
with

retention as (
    select * from {{ ref('int_retention_measured') }}
),

touch_tiers as (
    select * from {{ ref('int_account_touch_tiers') }}
),

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

finance as (
    select * from {{ ref('policy_finance') }}
),

losses as (
    select
        retention.segment_type,
        retention.segment,
        retention.starting_accounts,
        cast(retention.churn_mrr + retention.contraction_mrr as double)
        / nullif(cast(retention.starting_mrr as double), 0) as loss_rate
    from retention
    inner join run_context
        on retention.end_month = run_context.last_complete_month
    where retention.window_months = 12
),

customers_today as (
    select
        customers.account_id,
        customers.mrr,
        customers.has_given_notice,
        touch_tiers.touch_tier
    from customers
    inner join run_context
        on customers.snapshot_date = run_context.as_of_date
    left join touch_tiers
        on customers.account_id = touch_tiers.account_id
        and run_context.as_of_month = touch_tiers.month
),

shrunk as (
    select
        customers_today.*,
        finance.gross_margin,
        finance.lifetime_max_years,
        round(
            (
                coalesce(tier.starting_accounts * tier.loss_rate, 0)
                + finance.lifetime_prior_accounts * company.loss_rate
            ) / (coalesce(tier.starting_accounts, 0) + finance.lifetime_prior_accounts),
            9
        ) as loss_rate
    from customers_today
    cross join finance
    left join losses as company
        on finance.lifetime_min_accounts <= company.starting_accounts
        and company.segment_type = 'all'
    left join losses as tier
        on customers_today.touch_tier = tier.segment
        and tier.segment_type = 'touch_tier'
),

lifetimes as (
    select
        shrunk.*,
        case
            when shrunk.has_given_notice or shrunk.loss_rate is null then null
            when shrunk.loss_rate * shrunk.lifetime_max_years < 1 then cast(shrunk.lifetime_max_years as double)
            else round(1 / shrunk.loss_rate, 9)
        end as lifetime_years
    from shrunk
),

final as (
    select
        lifetimes.account_id,
        lifetimes.touch_tier,
        lifetimes.loss_rate,
        lifetimes.lifetime_years,
        case
            when lifetimes.lifetime_years is not null
                then lifetimes.loss_rate * lifetimes.lifetime_max_years < 1
        end as is_capped,
        {{ to_cents('12 * cast(lifetimes.mrr as double) * lifetimes.gross_margin * lifetimes.lifetime_years') }} as ltv
    from lifetimes
)

select * from final
