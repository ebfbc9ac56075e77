-- What puts an account that pays into the band now, as of as_of_date: reports, health with evidence, and renewals.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

leading_indicators as (
    select * from {{ ref('int_leading_indicators') }}
),

signs as (
    select * from {{ ref('int_indicator_signs') }}
),

indicators as (
    select * from {{ ref('policy_leading_indicators') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

triggers as (
    select * from {{ ref('int_worklist_triggers') }}
),

facts as (
    select * from {{ ref('policy_worklist_facts') }}
),

settings as (
    select * from {{ ref('policy_coverage_settings') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

customers_today as (
    select customers.account_id
    from customers
    inner join run_context
        on customers.snapshot_date = run_context.as_of_date
),

reports as (
    select
        leading_indicators.account_id,
        leading_indicators.indicator,
        cast(max(signs.seen_on) as string) as reported_on
    from leading_indicators
    inner join run_context
        on leading_indicators.snapshot_date = run_context.as_of_date
    inner join indicators
        on leading_indicators.indicator = indicators.indicator
    inner join signs
        on leading_indicators.account_id = signs.account_id
        and leading_indicators.indicator = signs.indicator
        and {{ in_window('signs.seen_on', 'run_context.as_of_date', 'indicators.window_days') }}
    where leading_indicators.indicator in ('cancel_request', 'champion_departed')
    group by leading_indicators.account_id, leading_indicators.indicator
),

-- The earliest end of a term that is near and has a step to take.
terms_ending as (
    select
        triggers.account_id,
        min(triggers.anchor_on) as term_end_on
    from triggers
    cross join run_context
    cross join settings
    inner join facts
        on triggers.playbook = facts.playbook
        and facts.fact = 'renewal_near'
    where triggers.step is not null
        and triggers.anchor_on <= {{ add_days('run_context.as_of_date', 'settings.worklist_renewal_days') }}
    group by triggers.account_id
),

facts_met as (
    select
        reports.account_id,
        reports.indicator as fact,
        case reports.indicator
            when 'cancel_request' then 'asked to cancel on ' || reports.reported_on
            else 'the champion left (reported on ' || reports.reported_on || ')'
        end as fact_text
    from reports
    union all
    select
        health_statuses.account_id,
        'health_low' as fact,
        'health is ' || {{ number_text('health_statuses.evidenced_score', 1) }}
        || ' (' || health_statuses.health_status || ')' as fact_text
    from health_statuses
    inner join run_context
        on health_statuses.snapshot_date = run_context.as_of_date
    inner join settings
        on health_statuses.evidenced_score < settings.worklist_now_below_health
    union all
    select
        terms_ending.account_id,
        'renewal_near' as fact,
        'the term ' || case when terms_ending.term_end_on < run_context.as_of_date then 'ended' else 'ends' end
        || ' on ' || cast(terms_ending.term_end_on as string) as fact_text
    from terms_ending
    cross join run_context
),

final as (
    select
        facts_met.account_id,
        facts_met.fact,
        facts.fact_rank,
        row_number() over (partition by facts_met.account_id order by facts.fact_rank) as fact_number,
        facts.playbook,
        facts.action,
        facts_met.fact_text
    from facts_met
    inner join customers_today
        on facts_met.account_id = customers_today.account_id
    inner join facts
        on facts_met.fact = facts.fact
)

select * from final
