-- A stay is a period with a line in force. A brief one is in no month and no churn event, for it ended before a month
-- ended with its MRR.
with

mrr_lines as (
    select * from {{ ref('int_mrr_lines') }}
),

mrr_lines_lapsed as (
    select * from {{ ref('int_mrr_lines_lapsed') }}
),

exchange_rates as (
    select * from {{ ref('int_exchange_rates_monthly') }}
),

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

lines as (
    select
        mrr_lines.account_id,
        mrr_lines.line_from,
        mrr_lines.line_to,
        {{ to_cents('mrr_lines.monthly_amount * exchange_rates.constant_rate') }} > 0 as is_paying
    from mrr_lines
    cross join run_context
    inner join exchange_rates
        on mrr_lines.currency = exchange_rates.currency
        and run_context.as_of_month = exchange_rates.month
    where mrr_lines.line_from <= run_context.as_of_date
    union all
    select
        mrr_lines_lapsed.account_id,
        mrr_lines_lapsed.line_from,
        mrr_lines_lapsed.line_to,
        false as is_paying
    from mrr_lines_lapsed
    inner join run_context
        on mrr_lines_lapsed.line_from <= run_context.as_of_date
),

lines_with_reach as (
    select
        lines.*,
        max(coalesce(lines.line_to, cast('9999-12-31' as date))) over (
            partition by lines.account_id
            order by lines.line_from
            rows between unbounded preceding and 1 preceding
        ) as reached
    from lines
),

lines_in_stays as (
    select
        lines_with_reach.*,
        sum(case when lines_with_reach.line_from <= lines_with_reach.reached then 0 else 1 end) over (
            partition by lines_with_reach.account_id
            order by lines_with_reach.line_from
            rows between unbounded preceding and current row
        ) as stay_number
    from lines_with_reach
),

stays as (
    select
        lines_in_stays.account_id,
        lines_in_stays.stay_number,
        min(lines_in_stays.line_from) as began_on,
        max(coalesce(lines_in_stays.line_to, cast('9999-12-31' as date))) as ended_on,
        max(case when lines_in_stays.is_paying then lines_in_stays.line_to end) as paid_to
    from lines_in_stays
    group by lines_in_stays.account_id, lines_in_stays.stay_number
),

final as (
    select
        stays.account_id,
        stays.began_on,
        stays.paid_to
    from stays
    inner join run_context
        on stays.ended_on <= run_context.as_of_date
    left join account_mrr
        on stays.account_id = account_mrr.account_id
        and {{ in_force('account_mrr.snapshot_on', 'stays.began_on', 'stays.ended_on') }}
        and account_mrr.mrr > 0
    where stays.paid_to is not null
        and account_mrr.account_id is null
)

select * from final
