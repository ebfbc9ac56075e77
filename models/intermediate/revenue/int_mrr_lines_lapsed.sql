-- Periods in which a subscription is in service without a line in force. The lines that ended last count at 0.
-- Before the first line, a line without an item does.
with

mrr_lines as (
    select * from {{ ref('int_mrr_lines') }}
),

in_service as (
    select * from {{ ref('int_subscriptions_in_service') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

first_lines as (
    select
        mrr_lines.subscription_id,
        min(mrr_lines.line_from) as first_from
    from mrr_lines
    group by mrr_lines.subscription_id
),

reaches as (
    select
        mrr_lines.subscription_id,
        max(coalesce(mrr_lines.line_to, cast('9999-12-31' as date))) over (
            partition by mrr_lines.subscription_id
            order by mrr_lines.line_from
            rows between unbounded preceding and current row
        ) as reached,
        lead(mrr_lines.line_from) over (
            partition by mrr_lines.subscription_id
            order by mrr_lines.line_from
        ) as next_from
    from mrr_lines
),

gaps as (
    select
        reaches.subscription_id,
        reaches.reached as gap_from,
        coalesce(reaches.next_from, in_service.service_to) as gap_to
    from reaches
    inner join in_service
        on reaches.subscription_id = in_service.subscription_id
    where reaches.reached < coalesce(reaches.next_from, in_service.service_to, cast('9999-12-31' as date))
),

before_first_lines as (
    select
        in_service.account_id,
        in_service.subscription_id,
        '(none)' as item_id,
        '(none)' as product_id,
        in_service.plan_id,
        cast(null as int) as plan_rank,
        'flat' as unit_kind,
        false as is_metered,
        in_service.service_from as line_from,
        coalesce(first_lines.first_from, in_service.service_to) as line_to
    from in_service
    left join first_lines
        on in_service.subscription_id = first_lines.subscription_id
    where in_service.service_from < coalesce(first_lines.first_from, in_service.service_to, cast('9999-12-31' as date))
),

last_lines as (
    select
        mrr_lines.account_id,
        mrr_lines.subscription_id,
        mrr_lines.item_id,
        mrr_lines.product_id,
        mrr_lines.plan_id,
        mrr_lines.plan_rank,
        mrr_lines.unit_kind,
        mrr_lines.is_metered,
        gaps.gap_from as line_from,
        gaps.gap_to as line_to
    from gaps
    inner join mrr_lines
        on gaps.subscription_id = mrr_lines.subscription_id
        and gaps.gap_from = mrr_lines.line_to
),

lapsed as (
    select * from last_lines
    union all
    select * from before_first_lines
),

final as (
    select
        lapsed.*,
        -- A line that charges nothing may have a currency without a rate.
        run_context.reporting_currency as currency
    from lapsed
    cross join run_context
)

select * from final
