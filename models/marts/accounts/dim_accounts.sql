-- Everything as of as_of_date.
with

accounts as (
    select * from {{ ref('int_accounts_today') }}
),

icp_fit as (
    select * from {{ ref('int_icp_fit') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

team_members as (
    select * from {{ ref('int_team_members_known') }}
),

health as (
    select * from {{ ref('int_account_health_today') }}
),

lifecycle as (
    select * from {{ ref('int_account_lifecycle') }}
),

renewals as (
    select * from {{ ref('int_account_renewals_today') }}
),

risks as (
    select * from {{ ref('int_account_risk_today') }}
),

commitments as (
    select * from {{ ref('int_account_commitments') }}
),

service as (
    select * from {{ ref('int_account_service_today') }}
),

worth as (
    select * from {{ ref('int_account_worth') }}
),

touches as (
    select * from {{ ref('int_account_touches') }}
),

churned as (
    select * from {{ ref('int_accounts_churned') }}
),

final as (
    select
        accounts.account_id,
        accounts.account_name,
        accounts.parent_account_id,
        accounts.industry,
        accounts.region,
        coalesce(accounts.csm_id, '(none)') as csm_id,
        team_members.member_name as csm_name,
        accounts.status,
        accounts.customer_since,
        accounts.first_mrr_month,
        accounts.cohort_quarter,
        accounts.churned_on,
        accounts.tenure_months,
        accounts.is_opening_account,
        cast(accounts.mrr as decimal(18, 2)) as mrr,
        cast(12 * accounts.mrr as decimal(18, 2)) as arr,
        cast(accounts.seats as double) as seats,
        accounts.is_paused,
        accounts.arr_tier,
        accounts.is_strategic,
        accounts.touch_tier,
        accounts.investment_tier,
        service.is_temporary_upgrade,
        icp_fit.icp_fit_score,
        health.health_score,
        health.health_coverage,
        health.is_low_confidence,
        health.health_status,
        health.health_colour,
        health.health_trend,
        health.health_priority,
        health.health_drivers,
        lifecycle.lifecycle_stage,
        touches.last_touch_on,
        cast(touches.days_since_touch as bigint) as days_since_touch,
        touches.is_touch_overdue,
        touches.is_dark,
        service.watch,
        service.is_upgrade_candidate,
        cast(service.cost_to_serve_12m as decimal(18, 2)) as cost_to_serve_12m,
        service.investment_status,
        renewals.next_renewal_on,
        renewals.renewal_probability,
        risks.risk_level,
        renewals.risk_level as renewal_risk_level,
        commitments.notice_given_on,
        commitments.leaves_on,
        cast(coalesce(commitments.committed_mrr, 0) as decimal(18, 2)) as committed_mrr,
        health.nps_mean,
        cast(health.open_tickets as bigint) as open_tickets,
        cast(health.days_past_due as bigint) as days_past_due,
        cast(worth.ltv as decimal(18, 2)) as ltv,
        worth.lifetime_years,
        worth.is_capped,
        worth.unused_seats,
        worth.unused_seat_mrr,
        churned.last_touch_tier,
        churned.last_health_score,
        churned.last_health_status,
        cast(12 * churned.last_mrr as decimal(18, 2)) as last_arr,
        churned.churn_reason_category,
        run_context.reporting_currency
    from accounts
    cross join run_context
    left join icp_fit
        on accounts.account_id = icp_fit.account_id
        and {{ in_force('run_context.as_of_date', 'icp_fit.assessed_on', 'icp_fit.superseded_on') }}
    left join team_members
        on accounts.csm_id = team_members.member_id
    left join health
        on accounts.account_id = health.account_id
    left join lifecycle
        on accounts.account_id = lifecycle.account_id
    left join touches
        on accounts.account_id = touches.account_id
    left join renewals
        on accounts.account_id = renewals.account_id
    left join risks
        on accounts.account_id = risks.account_id
    left join commitments
        on accounts.account_id = commitments.account_id
    left join service
        on accounts.account_id = service.account_id
    left join worth
        on accounts.account_id = worth.account_id
    left join churned
        on accounts.account_id = churned.account_id
)

select * from final
