-- MRR of today, without what is under notice, with what is signed and starts later. A signed successor takes the place
-- of the subscription that it names. A trial within its term is no commitment.
with

lines_by_snapshot as (
    select * from {{ ref('int_mrr_lines_by_snapshot') }}
),

subscriptions as (
    select * from {{ ref('stg_billing__subscriptions') }}
),

contract_terms as (
    select * from {{ ref('stg_billing__contract_terms') }}
),

services_stated as (
    select * from {{ ref('int_services_stated') }}
),

mrr_lines as (
    select * from {{ ref('int_mrr_lines') }}
),

exchange_rates as (
    select * from {{ ref('int_exchange_rates_monthly') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

signed_later as (
    select distinct
        subscriptions.account_id,
        subscriptions.subscription_id,
        subscriptions.renews_subscription_id,
        services_stated.service_from
    from subscriptions
    cross join run_context
    inner join services_stated
        on subscriptions.subscription_id = services_stated.subscription_id
        and run_context.as_of_date < services_stated.service_from
    inner join contract_terms
        on subscriptions.subscription_id = contract_terms.subscription_id
        and run_context.as_of_date >= contract_terms.signed_on
        and run_context.as_of_date < contract_terms.term_start_on
    where not coalesce(subscriptions.canceled_on <= run_context.as_of_date, false)
),

signed as (
    select
        signed_later.account_id,
        sum({{ to_cents('mrr_lines.monthly_amount * exchange_rates.constant_rate') }}) as signed_mrr
    from signed_later
    cross join run_context
    inner join mrr_lines
        on signed_later.subscription_id = mrr_lines.subscription_id
        and {{ in_force('signed_later.service_from', 'mrr_lines.line_from', 'mrr_lines.line_to') }}
    inner join exchange_rates
        on mrr_lines.currency = exchange_rates.currency
        and run_context.as_of_month = exchange_rates.month
    group by signed_later.account_id
),

replaced as (
    select distinct
        signed_later.account_id,
        signed_later.renews_subscription_id as subscription_id
    from signed_later
),

in_force_today as (
    select
        lines_by_snapshot.account_id,
        lines_by_snapshot.subscription_id,
        sum(lines_by_snapshot.mrr) as mrr,
        sum(lines_by_snapshot.contract_mrr) as contract_mrr,
        sum(sum(lines_by_snapshot.mrr)) over (partition by lines_by_snapshot.account_id) as account_mrr
    from lines_by_snapshot
    inner join run_context
        on lines_by_snapshot.snapshot_date = run_context.as_of_date
    group by lines_by_snapshot.account_id, lines_by_snapshot.subscription_id
),

judged as (
    select
        in_force_today.*,
        in_force_today.mrr > 0
        or (in_force_today.account_mrr = 0 and in_force_today.contract_mrr > 0) as is_paying,
        replaced.subscription_id is not null as is_replaced,
        case when subscriptions.canceled_on <= run_context.as_of_date then subscriptions.canceled_on end as canceled_on,
        subscriptions.ended_on
    from in_force_today
    cross join run_context
    inner join subscriptions
        on in_force_today.subscription_id = subscriptions.subscription_id
    left join replaced
        on in_force_today.account_id = replaced.account_id
        and in_force_today.subscription_id = replaced.subscription_id
),

today as (
    select
        judged.account_id,
        sum(case when judged.is_replaced or judged.canceled_on is not null then judged.mrr else 0 end) as leaving_mrr,
        count_if(judged.is_paying) > 0
        and count_if(judged.is_paying and (judged.is_replaced or judged.canceled_on is null)) = 0 as has_given_notice,
        count_if(judged.is_paying and judged.ended_on is null) = 0 as has_end,
        max(case when judged.is_paying then judged.canceled_on end) as notice_given_on,
        max(case when judged.is_paying then judged.ended_on end) as leaves_on,
        sum(judged.mrr) as mrr
    from judged
    group by judged.account_id
),

final as (
    select
        coalesce(today.account_id, signed.account_id) as account_id,
        case when today.has_given_notice then today.notice_given_on end as notice_given_on,
        case when today.has_given_notice and today.has_end then today.leaves_on end as leaves_on,
        coalesce(today.leaving_mrr, 0) as leaving_mrr,
        coalesce(signed.signed_mrr, 0) as signed_mrr,
        coalesce(today.mrr, 0) - coalesce(today.leaving_mrr, 0) + coalesce(signed.signed_mrr, 0) as committed_mrr
    from today
    full outer join signed
        on today.account_id = signed.account_id
)

select * from final
