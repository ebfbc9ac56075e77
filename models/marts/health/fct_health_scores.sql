-- Only the scheme in use has drivers. The other schemes are for comparison.
with

health_statuses as (
    select * from {{ ref('int_health_status') }}
),

sentences as (
    select * from {{ ref('int_health_driver_sentences') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        health_statuses.snapshot_date,
        health_statuses.account_id,
        account_names.account_name,
        health_statuses.scheme,
        health_statuses.touch_tier,
        cast(12 * customers.mrr as decimal(18, 2)) as arr,
        health_statuses.health_score,
        health_statuses.coverage,
        health_statuses.is_low_confidence,
        health_statuses.health_status,
        {{ is_at_risk('health_statuses.health_status') }} as is_at_risk,
        health_statuses.health_colour,
        health_statuses.previous_score,
        health_statuses.health_trend,
        health_statuses.priority,
        health_statuses.action,
        case
            when health_statuses.scheme = {{ quoted_text(var("health_scheme")) }}
                then coalesce(sentences.drivers, 'No data to score.')
        end as drivers,
        health_statuses.scheme = {{ quoted_text(var("health_scheme")) }} as is_active_scheme,
        run_context.reporting_currency
    from health_statuses
    cross join run_context
    left join sentences
        on health_statuses.snapshot_date = sentences.snapshot_date
        and health_statuses.account_id = sentences.account_id
    left join account_names
        on health_statuses.account_id = account_names.account_id
    left join customers
        on health_statuses.account_id = customers.account_id
        and health_statuses.snapshot_date = customers.snapshot_date
)

select * from final
