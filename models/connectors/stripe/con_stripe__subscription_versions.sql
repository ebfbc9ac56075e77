-- A version is silent if nothing but the quantity differs from the version before. Stripe then changed an item.
{% set visible = [
    'customer_id', 'status', 'start_date', 'ended_at', 'canceled_at', 'cancel_at', 'cancel_at_period_end',
    'trial_start', 'trial_end', 'current_period_start', 'current_period_end', 'pause_behavior', 'resumes_at',
    'latest_invoice_id', 'collection_method', 'billing_cycle_anchor', 'days_until_due', 'application_fee_percent',
    'default_source_id', 'default_payment_method_id', 'description', 'metadata',
] %}
with

loaded as (
    select * from ({{ loaded_rows('stripe', 'subscription') }}) as loaded
),

customers as (
    select * from ({{ loaded_rows('stripe', 'customer') }}) as loaded
    where loaded._version = 1
),

described as (
    select
        loaded.*,
        row_number() over (
            partition by loaded.id, loaded.version_from
            order by loaded._version
        ) as copy_number,
        {% for name in visible %}
        coalesce(cast(loaded.{{ name }} as string), '') || '|'{{ ' ||' if not loop.last }}
        {% endfor %}
            as visible_state
    from loaded
),

numbered as (
    select
        described.*,
        case
            when described.version_from is not null and described.copy_number = 1
                then
                    row_number() over (
                        partition by described.id, described.version_from is not null and described.copy_number = 1
                        order by described.version_from
                    )
        end as version_number
    from described
),

final as (
    select
        numbered.id as subscription_id,
        numbered.customer_id,
        numbered.status,
        numbered.created_at,
        coalesce(numbered.start_date, numbered.created_at) as started_at,
        cast(coalesce(numbered.start_date, numbered.created_at) as date) as started_on,
        numbered.ended_at,
        numbered.canceled_at,
        numbered.cancel_at,
        coalesce(numbered.cancel_at_period_end, false) as ends_with_period,
        numbered.trial_start,
        numbered.trial_end,
        numbered.current_period_start,
        numbered.current_period_end,
        numbered.quantity,
        numbered.resumes_at,
        numbered.version_from,
        numbered.version_number,
        coalesce(
            numbered.pause_behavior in ('void', 'mark_uncollectible') or numbered.status = 'paused', false
        ) as is_paused,
        coalesce(
            numbered.version_number > 1 and numbered.visible_state = lag(numbered.visible_state) over (
                partition by numbered.id, numbered.version_number is not null
                order by numbered.version_number
            ),
            false
        ) as is_silent,
        numbered._version = 1 as is_current_version,
        numbered._loaded_at,
        numbered.discount_id,
        numbered.discount_coupon_id,
        numbered.discount_starts_at,
        numbered.discount_ends_at,
        numbered.discount_percent_off,
        numbered.discount_amount_off,
        numbered.discount_currency,
        numbered.discount_duration,
        numbered.discount_months,
        case
            when numbered._version > 1 then 'older_version'
            when not coalesce(numbered.is_live, customers.is_live, true) then 'test_mode'
            when numbered.status in ('incomplete', 'incomplete_expired') then 'incomplete'
        end as not_taken
    from numbered
    left join customers
        on numbered.customer_id = customers.id
)

select * from final
