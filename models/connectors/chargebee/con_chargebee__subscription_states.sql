-- Chargebee's status non_renewing means in service until cancelled_at, which may lie ahead.
with

versions as (
    select * from ({{ loaded_rows('chargebee', 'subscription') }}) as loaded
),

final as (
    select
        versions.id as subscription_id,
        versions._version as version_number,
        versions.customer_id,
        lower(versions.status) as status_name,
        versions.currency_code as currency,
        cast(coalesce(versions.started_at, versions.start_date, versions.created_at) as date) as started_on,
        cast(
            case
                when lower(versions.status) = 'non_renewing'
                    then coalesce(versions.cancelled_at, versions.current_term_end)
                else versions.cancelled_at
            end as date
        ) as ended_on,
        cast(
            coalesce(
                versions.cancel_schedule_created_at,
                case when lower(versions.status) = 'cancelled' then versions.cancelled_at end
            ) as date
        ) as canceled_on,
        cast(versions.trial_start as date) as trial_started_on,
        cast(versions.trial_end as date) as trial_ends_on,
        cast(versions.pause_date as date) as paused_on,
        cast(versions.resume_date as date) as resumed_on,
        cast(coalesce(versions.updated_at, versions._loaded_at) as date) as changed_on,
        {{ billing_interval_months('versions.billing_period', 'versions.billing_period_unit') }} as interval_months,
        {{ billing_interval_days('versions.billing_period', 'versions.billing_period_unit') }} as interval_days,
        case when versions.deleted then 'deleted' end as not_taken
    from versions
)

select * from final
