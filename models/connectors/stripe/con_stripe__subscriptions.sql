-- Dates come from the subscription itself, never from its versions: a new load rewrites those. A trial that was given
-- later is a pause, for an end of trial would take out all MRR before it.
with

versions as (
    select * from {{ ref('con_stripe__subscription_versions') }}
),

items as (
    select * from {{ ref('con_stripe__items') }}
),

item_amounts as (
    select * from {{ ref('con_stripe__item_amounts') }}
    where is_latest
),

links as (
    select * from {{ ref('con_account_links') }}
    where source = 'stripe'
),

first_trials as (
    select
        versions.subscription_id,
        versions.trial_end,
        row_number() over (
            partition by versions.subscription_id
            order by versions.is_current_version desc, versions.version_from desc nulls last
        ) as newest
    from versions
    where cast(versions.trial_start as date) <= versions.started_on
),

item_ends as (
    select
        items.subscription_id,
        max(items.current_period_end) as period_end
    from items
    group by items.subscription_id
),

item_terms as (
    select
        item_amounts.subscription_id,
        item_amounts.price_id,
        item_amounts.currency,
        max(item_amounts.interval_months) over (
            partition by item_amounts.subscription_id, item_amounts.is_present
        ) as interval_months,
        row_number() over (
            partition by item_amounts.subscription_id
            order by
                item_amounts.is_present desc,
                item_amounts.monthly_amount desc nulls last,
                item_amounts.item_id
        ) as place
    from item_amounts
),

described as (
    select
        versions.*,
        first_trials.trial_end as first_trial_end,
        item_terms.price_id,
        item_terms.currency,
        item_terms.interval_months,
        coalesce(links.account_id, versions.customer_id) as account_id,
        versions.status = 'trialing' and cast(versions.trial_start as date) > versions.started_on as has_later_trial,
        coalesce(
            versions.ended_at,
            versions.cancel_at,
            case when versions.ends_with_period then coalesce(versions.current_period_end, item_ends.period_end) end,
            case when versions.status = 'canceled' then versions.canceled_at end
        ) as ends_at
    from versions
    left join links
        on versions.customer_id = links.source_id
    left join first_trials
        on versions.subscription_id = first_trials.subscription_id
        and first_trials.newest = 1
    left join item_ends
        on versions.subscription_id = item_ends.subscription_id
    left join item_terms
        on versions.subscription_id = item_terms.subscription_id
        and item_terms.place = 1
),

final as (
    select
        described.subscription_id,
        described.account_id,
        described.started_on,
        cast(described.ends_at as date) as ended_on,
        cast(described.canceled_at as date) as canceled_on,
        case when described.has_later_trial then 'active' else described.status end as status,
        described.status = 'trialing' and not coalesce(described.has_later_trial, false) as is_trial,
        cast(described.first_trial_end as date) as trial_ends_on,
        described.price_id as plan_id,
        cast(null as int) as seats,
        cast(null as double) as mrr_amount,
        described.currency,
        case when described.interval_months >= 12 then described.interval_months else 1 end as term_months,
        cast(null as string) as renews_subscription_id,
        described.cancel_at is null and not described.ends_with_period as auto_renew,
        cast(null as timestamp) as loaded_at,
        described.not_taken
    from described
)

select * from final
