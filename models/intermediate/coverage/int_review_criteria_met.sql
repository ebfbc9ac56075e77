-- Signs that an account costs more than it brings, each with its evidence. A criterion without data is not met.
with

accounts_covered as (
    select * from {{ ref('int_accounts_covered') }}
),

icp_fit as (
    select * from {{ ref('int_icp_fit') }}
),

signals as (
    select * from {{ ref('stg_crm__signals') }}
),

criteria as (
    select * from {{ ref('policy_review_criteria') }}
),

coverage_targets as (
    select * from {{ ref('policy_coverage_targets') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

-- Where owners are unknown, tickets alone are the least that an account costs.
costs as (
    select
        accounts_covered.account_id,
        round(
            cast(coalesce(accounts_covered.cost_to_serve, accounts_covered.support_cost) as double)
            / nullif(cast(accounts_covered.arr as double), 0), 9
        ) as cost_rate,
        coverage_targets.cost_to_serve_high,
        case
            when {{ is_at_risk('accounts_covered.health_status') }}
                then replace(accounts_covered.health_status, '_', ' ')
        end as poor_health
    from accounts_covered
    inner join coverage_targets
        on accounts_covered.touch_tier = coverage_targets.touch_tier
),

poor_fit as (
    select
        icp_fit.account_id,
        criteria.criterion,
        {{ number_text('icp_fit.icp_fit_score', 2) }} || ' of 10'
        || case
            when costs.cost_rate > costs.cost_to_serve_high
                then ', costs ' || {{ percent_text('costs.cost_rate') }} || ' of ARR against a target of '
                    || {{ percent_text('costs.cost_to_serve_high') }}
            else ''
        end
        || coalesce(', health is ' || costs.poor_health, '') as evidence
    from icp_fit
    inner join run_context
        on {{ in_force('run_context.as_of_date', 'icp_fit.assessed_on', 'icp_fit.superseded_on') }}
    inner join criteria
        on criteria.criterion = 'poor_fit'
        and icp_fit.icp_fit_score < criteria.threshold
    inner join costs
        on icp_fit.account_id = costs.account_id
    where costs.cost_rate > costs.cost_to_serve_high
        or costs.poor_health is not null
),

support_cost_high as (
    select
        costs.account_id,
        criteria.criterion,
        {{ percent_text('costs.cost_rate') }} || ' of ARR in 12 months' as evidence
    from costs
    inner join criteria
        on criteria.criterion = 'support_cost_high'
        and costs.cost_rate > criteria.threshold
),

early_escalations as (
    select
        accounts_covered.account_id,
        criteria.criterion,
        cast(accounts_covered.escalations as string) || ' escalations, a customer for '
        || cast(accounts_covered.tenure_months as string) || ' months' as evidence
    from accounts_covered
    inner join criteria
        on criteria.criterion = 'early_escalations'
        and accounts_covered.tenure_months < criteria.threshold
        and accounts_covered.escalations >= criteria.min_count
),

-- A criterion with the name of a CRM signal is met while the signal is recent.
signaled as (
    select
        signals.account_id,
        criteria.criterion,
        'signal of ' || cast(max(cast(signals.occurred_at as date)) as string) as evidence
    from signals
    inner join criteria
        on signals.signal_type = criteria.criterion
    inner join run_context
        on {{ in_window('cast(signals.occurred_at as date)', 'run_context.as_of_date', 'criteria.window_days') }}
    group by signals.account_id, criteria.criterion, criteria.min_count
    having count(*) >= criteria.min_count
),

met as (
    select * from poor_fit
    union all
    select * from support_cost_high
    union all
    select * from early_escalations
    union all
    select * from signaled
),

final as (
    select
        met.account_id,
        met.criterion,
        criteria.label || ' (' || met.evidence || ')' as reason_text
    from met
    inner join accounts_covered
        on met.account_id = accounts_covered.account_id
    inner join criteria
        on met.criterion = criteria.criterion
)

select * from final
