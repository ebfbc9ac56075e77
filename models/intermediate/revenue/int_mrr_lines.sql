-- Recurring lines are the items of a subscription, or its mrr_amount where it has none. Until its first item begins, a
-- subscription is one line of mrr_amount. Rejected items do not bring that line back.
with

in_service as (
    select * from {{ ref('int_subscriptions_in_service') }}
),

item_amounts as (
    select * from {{ ref('int_item_amounts') }}
),

items_judged as (
    select * from {{ ref('base_billing__subscription_items') }}
),

plans as (
    select * from {{ ref('stg_billing__plans') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

items_rejected as (
    select
        in_service.subscription_id,
        min(coalesce(items_judged.effective_from, in_service.service_from)) as rejected_from
    from in_service
    inner join items_judged
        on in_service.subscription_id = items_judged.subscription_id
    where items_judged.row_status = 'rejected'
    group by in_service.subscription_id
),

items_accepted as (
    select
        item_amounts.subscription_id,
        min(item_amounts.in_force_from) as accepted_from
    from item_amounts
    group by item_amounts.subscription_id
),

item_lines as (
    select
        in_service.account_id,
        in_service.subscription_id,
        item_amounts.item_id,
        item_amounts.product_id,
        coalesce(item_amounts.plan_id, in_service.plan_id) as plan_id,
        coalesce(item_amounts.currency, in_service.currency) as currency,
        item_amounts.unit_kind,
        item_amounts.quantity,
        case when item_amounts.unit_kind = 'seat' then item_amounts.quantity end as seats,
        item_amounts.monthly_amount,
        greatest(item_amounts.in_force_from, in_service.service_from) as line_from,
        least(item_amounts.in_force_to, in_service.service_to) as line_to
    from in_service
    inner join item_amounts
        on in_service.subscription_id = item_amounts.subscription_id
),

whole_subscription_lines as (
    select
        in_service.account_id,
        in_service.subscription_id,
        '(none)' as item_id,
        cast(null as string) as product_id,
        in_service.plan_id,
        -- A line that charges nothing may have a currency without a rate.
        case when in_service.mrr_amount is null then run_context.reporting_currency else in_service.currency end
            as currency,
        case when in_service.seats is null then 'flat' else 'seat' end as unit_kind,
        cast(coalesce(in_service.seats, 1) as double) as quantity,
        cast(in_service.seats as double) as seats,
        coalesce(in_service.mrr_amount, 0) as monthly_amount,
        in_service.service_from as line_from,
        least(in_service.service_to, coalesce(items_accepted.accepted_from, items_rejected.rejected_from)) as line_to
    from in_service
    cross join run_context
    left join items_accepted
        on in_service.subscription_id = items_accepted.subscription_id
    left join items_rejected
        on in_service.subscription_id = items_rejected.subscription_id
),

lines as (
    select * from item_lines
    union all
    select * from whole_subscription_lines
),

final as (
    select
        lines.account_id,
        lines.subscription_id,
        lines.item_id,
        coalesce(lines.product_id, plans.product_id, '(none)') as product_id,
        lines.plan_id,
        plans.plan_rank,
        lines.currency,
        lines.unit_kind,
        lines.unit_kind = 'usage' as is_metered,
        lines.quantity,
        lines.seats,
        lines.monthly_amount,
        lines.line_from,
        lines.line_to
    from lines
    left join plans
        on lines.plan_id = plans.plan_id
    where lines.line_to is null or lines.line_from < lines.line_to
)

select * from final
