-- Pauses as versions and invoices tell them. A first version with a pause comes of a new load and is not believed: it
-- tells of its own day. Trials that were given later are pauses too, for nothing is billed.
with

versions as (
    select * from {{ ref('con_stripe__subscription_versions') }}
),

invoices as (
    select * from ({{ loaded_rows('stripe', 'invoice') }}) as loaded
    where
        loaded._version = 1
        and loaded.billing_reason = 'subscription_cycle'
        and not coalesce(loaded.is_deleted, false)
),

versions_in_order as (
    select
        versions.*,
        lag(versions.is_paused) over (
            partition by versions.subscription_id order by versions.version_number
        ) as was_paused,
        min(case when not versions.is_paused then versions.version_from end) over (
            partition by versions.subscription_id
            order by versions.version_number
            rows between 1 following and unbounded following
        ) as resumed_at,
        last_value(versions.resumes_at) over (
            partition by versions.subscription_id
            order by versions.version_number
            rows between unbounded preceding and unbounded following
        ) as resumes_at_last
    from versions
    where versions.version_number is not null
),

stated_by_versions as (
    select
        versions_in_order.subscription_id,
        cast(versions_in_order.version_from as date) as paused_from,
        cast(coalesce(versions_in_order.resumed_at, versions_in_order.resumes_at_last) as date) as resumed_on
    from versions_in_order
    where versions_in_order.is_paused and not versions_in_order.was_paused
),

first_changes as (
    select
        versions.subscription_id,
        min(versions.version_from) as changed_at
    from versions
    where versions.version_number = 2
    group by versions.subscription_id
),

believed as (
    select distinct stated_by_versions.subscription_id
    from stated_by_versions
),

invoices_in_order as (
    select
        invoices.*,
        min(case when invoices.status = 'paid' then invoices.created_at end) over (
            partition by invoices.subscription_id
            order by invoices.created_at
            rows between 1 following and unbounded following
        ) as next_paid_at
    from invoices
    where invoices.subscription_id is not null
),

unbilled as (
    select
        invoices_in_order.subscription_id,
        min(invoices_in_order.created_at) as paused_at,
        max(invoices_in_order.next_paid_at) as resumed_at
    from invoices_in_order
    where invoices_in_order.status in ('void', 'uncollectible')
    group by invoices_in_order.subscription_id, invoices_in_order.next_paid_at
),

stated_by_invoices as (
    select
        unbilled.subscription_id,
        cast(unbilled.paused_at as date) as paused_from,
        cast(unbilled.resumed_at as date) as resumed_on
    from unbilled
    left join believed
        on unbilled.subscription_id = believed.subscription_id
    left join first_changes
        on unbilled.subscription_id = first_changes.subscription_id
    where believed.subscription_id is null or unbilled.paused_at < first_changes.changed_at
),

later_trials as (
    select
        versions.subscription_id,
        cast(versions.trial_start as date) as paused_from,
        max(cast(versions.trial_end as date)) as resumed_on
    from versions
    where cast(versions.trial_start as date) > versions.started_on
    group by versions.subscription_id, cast(versions.trial_start as date)
),

final as (
    select * from stated_by_versions
    union all
    select * from stated_by_invoices
    union all
    select * from later_trials
)

select * from final
