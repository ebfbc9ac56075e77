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

run_context as (
    select * from {{ ref('int_run_context') }}
),

poor_fit as (
    select
        icp_fit.account_id,
        criteria.criterion,
        {{ number_text('icp_fit.icp_fit_score', 2) }} || ' of 10' as evidence
    from icp_fit
    inner join run_context
        on {{ in_force('run_context.as_of_date', 'icp_fit.assessed_on', 'icp_fit.superseded_on') }}
    inner join criteria
        on criteria.criterion = 'poor_fit'
        and icp_fit.icp_fit_score < criteria.threshold
),

support_cost_high as (
    select
        accounts_covered.account_id,
        criteria.criterion,
        {{ percent_text('cast(accounts_covered.support_cost as double) / cast(accounts_covered.arr as double)') }}
        || ' of ARR in 12 months' as evidence
    from accounts_covered
    inner join criteria
        on criteria.criterion = 'support_cost_high'
        and cast(accounts_covered.support_cost as double) > criteria.threshold * cast(accounts_covered.arr as double)
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
