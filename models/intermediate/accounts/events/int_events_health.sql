-- A status is compared with the month-end before. On as_of_date, in the middle of a month, it may still change.
with

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

measured_dates as (
    select * from {{ ref('int_measured_dates') }}
),

status_bands as (
    select * from {{ ref('policy_health_status_bands') }}
),

statuses as (
    select
        health_statuses.account_id,
        health_statuses.snapshot_date,
        health_statuses.health_status,
        health_statuses.evidenced_score,
        status_bands.min_score,
        lag(health_statuses.health_status) over (
            partition by health_statuses.account_id
            order by health_statuses.snapshot_date
        ) as previous_status,
        lag(status_bands.min_score) over (
            partition by health_statuses.account_id
            order by health_statuses.snapshot_date
        ) as previous_min_score
    from health_statuses
    inner join measured_dates
        on health_statuses.snapshot_date = measured_dates.measured_on
    left join status_bands
        on health_statuses.health_status = status_bands.status
),

final as (
    select
        statuses.account_id,
        statuses.snapshot_date as occurred_on,
        statuses.snapshot_date as known_on,
        {{ event_columns('health_change', 'fct_health_scores', {
            'snapshot_date': 'statuses.snapshot_date',
            'account_id': 'statuses.account_id',
            'scheme': quoted_text(var('health_scheme')),
        }) }},
        case
            when statuses.health_status = 'unscored'
                then 'Health has no score for lack of data, after ' || replace(statuses.previous_status, '_', ' ')
            when statuses.previous_status = 'unscored'
                then
                    'Health status is ' || replace(statuses.health_status, '_', ' ') || ' with '
                    || {{ number_text('statuses.evidenced_score', 1) }} || ' points, after a time without a score'
            else
                case when statuses.min_score > statuses.previous_min_score then 'Health rose' else 'Health fell' end
                || ' from ' || replace(statuses.previous_status, '_', ' ')
                || ' to ' || replace(statuses.health_status, '_', ' ')
                || ', with ' || {{ number_text('statuses.evidenced_score', 1) }} || ' points'
        end || '.' as event_text,
        statuses.snapshot_date < last_day(statuses.snapshot_date) as is_provisional
    from statuses
    where statuses.health_status <> statuses.previous_status
)

select * from final
