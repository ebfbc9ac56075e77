-- Recurly's state canceled means that the subscription will not renew. It serves until expires_at.
with

versions as (
    select * from ({{ loaded_rows('recurly', 'subscription') }}) as loaded
),

plans as (
    select * from ({{ loaded_rows('recurly', 'plan') }}) as loaded
    where loaded._version = 1
),

intervals_stated as (
    select
        versions.*,
        lower(versions.state) as state_name,
        cast(coalesce(versions.updated_at, versions.created_at) as date) as stated_on,
        coalesce({{ source_value('recurly', 'plan.product', 'plans.code') }}, versions.plan_id) as product_id,
        coalesce(versions.total_billing_cycles, plans.total_billing_cycles, 1) as term_cycles,
        coalesce(versions.auto_renew, plans.auto_renew) as renews,
        lower(plans.interval_unit) in ('day', 'days') as is_in_days,
        case
            when lower(plans.interval_unit) in ('day', 'days', 'month', 'months') then plans.interval_length
            else nullif({{ rounded_months(
                'cast(versions.current_period_started_at as date)', 'cast(versions.current_period_ends_at as date)'
            ) }}, 0)
        end as interval_length
    from versions
    left join plans
        on versions.plan_id = plans.id
),

final as (
    select
        intervals_stated.id as subscription_id,
        intervals_stated._version as version_number,
        intervals_stated.account_id as source_account_id,
        intervals_stated.plan_id,
        intervals_stated.product_id,
        intervals_stated.state_name,
        intervals_stated.stated_on,
        cast(
            case
                when intervals_stated.state_name = 'future'
                    then coalesce(
                        intervals_stated.activated_at,
                        intervals_stated.current_term_started_at,
                        intervals_stated.current_period_started_at,
                        intervals_stated.created_at
                    )
                else coalesce(intervals_stated.activated_at, intervals_stated.created_at)
            end as date
        ) as started_on,
        cast(
            case intervals_stated.state_name
                when 'canceled'
                    then coalesce(
                        intervals_stated.expires_at,
                        intervals_stated.current_term_ends_at,
                        intervals_stated.current_period_ends_at
                    )
                when 'expired' then coalesce(intervals_stated.expires_at, intervals_stated.canceled_at)
                else intervals_stated.expires_at
            end as date
        ) as ended_on,
        cast(intervals_stated.canceled_at as date) as canceled_on,
        cast(intervals_stated.trial_started_at as date) as trial_started_on,
        cast(intervals_stated.trial_ends_at as date) as trial_ends_on,
        cast(
            coalesce(
                intervals_stated.paused_at,
                case when intervals_stated.state_name = 'paused' then intervals_stated.updated_at end
            ) as date
        ) as paused_on,
        intervals_stated.remaining_pause_cycles,
        cast(intervals_stated.current_period_started_at as date) as period_started_on,
        cast(intervals_stated.current_term_started_at as date) as term_started_on,
        cast(intervals_stated.current_term_ends_at as date) as term_ends_on,
        intervals_stated.renews and intervals_stated.state_name not in ('canceled', 'expired') as renews,
        intervals_stated.term_cycles,
        -- A length in days is priced by the week.
        case
            when intervals_stated.is_in_days then 'week'
            when intervals_stated.interval_length is not null then 'month'
        end as billing_interval,
        case when intervals_stated.is_in_days then 1 else intervals_stated.interval_length end
            as billing_interval_count,
        cast(
            case when intervals_stated.is_in_days then 7.0 / nullif(intervals_stated.interval_length, 0) else 1 end
            as double
        ) as amount_factor,
        intervals_stated.interval_length as cycle_length,
        coalesce(intervals_stated.is_in_days, false) as is_in_days,
        intervals_stated.currency,
        intervals_stated.quantity,
        intervals_stated.unit_amount,
        intervals_stated.add_ons_total,
        case when intervals_stated.state_name = 'failed' then 'incomplete' end as not_taken
    from intervals_stated
)

select * from final
