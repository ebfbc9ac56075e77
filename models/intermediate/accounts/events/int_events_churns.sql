-- A churn is known at the end of its month. Its reason may be recorded later.
with

churns as (
    select * from {{ ref('int_churns_explained') }}
),

categories as (
    select * from {{ ref('policy_churn_reason_categories') }}
),

months as (
    select * from {{ ref('int_months') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        churns.account_id,
        churns.churned_on as occurred_on,
        months.snapshot_on as known_on,
        {{ event_columns('churn', 'fct_churn_events', {
            'account_id': 'churns.account_id', 'churned_month': 'churns.churned_month',
        }) }},
        'Churned with ' || run_context.reporting_currency || ' ' || {{ number_text('churns.churned_mrr', 2) }}
        || ' MRR (' || categories.label || ').' as event_text,
        not months.is_complete_month as is_provisional
    from churns
    cross join run_context
    inner join months
        on churns.churned_month = months.month
    inner join categories
        on churns.reason_category = categories.category
)

select * from final
