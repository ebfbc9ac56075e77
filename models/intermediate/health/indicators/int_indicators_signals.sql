-- A sign counts for window_days. The evidence names the latest sign and the number of reports.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

signs as (
    select * from {{ ref('int_indicator_signs') }}
),

indicators as (
    select * from {{ ref('policy_leading_indicators') }}
),

signs_in_windows as (
    select
        customers.snapshot_date,
        customers.account_id,
        signs.indicator,
        signs.sign,
        signs.seen_on,
        indicators.window_days,
        sum(signs.reports) over (
            partition by customers.snapshot_date, customers.account_id, signs.indicator
        ) as reports,
        row_number() over (
            partition by customers.snapshot_date, customers.account_id, signs.indicator
            order by signs.seen_on desc, signs.sign asc
        ) as sign_number
    from customers
    inner join signs
        on customers.account_id = signs.account_id
    inner join indicators
        on signs.indicator = indicators.indicator
        and {{ in_window('signs.seen_on', 'customers.snapshot_date', 'indicators.window_days') }}
),

final as (
    select
        signs_in_windows.snapshot_date,
        signs_in_windows.account_id,
        signs_in_windows.indicator,
        signs_in_windows.sign || ' on ' || cast(signs_in_windows.seen_on as string)
        || case
            when signs_in_windows.reports > 1
                then ' (' || {{ number_text('signs_in_windows.reports') }} || ' reports in '
                    || {{ number_text('signs_in_windows.window_days') }} || ' days)'
            else ''
        end as evidence
    from signs_in_windows
    where signs_in_windows.sign_number = 1
)

select * from final
