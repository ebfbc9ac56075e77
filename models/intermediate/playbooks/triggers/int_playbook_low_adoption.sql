-- The account uses too few core features, or one alone, or too few of its seats, or its use stands still, once
-- after_days since its start are over. One whose health lacks evidence is not judged: its use may be recorded in part.
with

usage_windows as (
    select * from {{ ref('int_usage_windows') }}
),

metrics as (
    select * from {{ ref('int_health_metrics') }}
),

unused_seats as (
    select * from {{ ref('int_unused_seats') }}
),

steadiness as (
    select * from {{ ref('int_usage_steadiness') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

customer_starts as (
    select * from {{ ref('int_customer_starts') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

openings as (
    select * from {{ ref('policy_adoption_openings') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

measured as (
    select
        usage_windows.snapshot_date,
        usage_windows.account_id,
        playbooks.playbook,
        metrics.value as adoption,
        usage_windows.core_features_used,
        usage_windows.core_features_known,
        unused_seats.seats,
        unused_seats.active_users,
        round(unused_seats.active_users / nullif(unused_seats.seats, 0), 9) as seat_share,
        unused_seats.unused_seat_mrr,
        steadiness.days,
        steadiness.largest_change
    from usage_windows
    inner join playbooks
        on playbooks.playbook = 'low_adoption'
    inner join health_statuses
        on usage_windows.snapshot_date = health_statuses.snapshot_date
        and usage_windows.account_id = health_statuses.account_id
        and health_statuses.evidenced_score is not null
    inner join customer_starts
        on usage_windows.account_id = customer_starts.account_id
        and {{ days_between('customer_starts.customer_since', 'usage_windows.snapshot_date') }} > playbooks.after_days
    left join metrics
        on usage_windows.snapshot_date = metrics.snapshot_date
        and usage_windows.account_id = metrics.account_id
        and metrics.metric = 'feature_adoption'
    left join unused_seats
        on usage_windows.snapshot_date = unused_seats.snapshot_date
        and usage_windows.account_id = unused_seats.account_id
    left join steadiness
        on usage_windows.snapshot_date = steadiness.snapshot_date
        and usage_windows.account_id = steadiness.account_id
),

-- Each reason opens the playbook by one value and holds up to another. A product with one core feature has no second.
judged as (
    select
        {% for word, value in [('opens', 'opens_at'), ('holds', 'closes_at')] %}
        coalesce(measured.adoption < playbooks.{{ value }}, false) as share_{{ word }},
        coalesce(
            measured.core_features_used between 1 and single_feature.{{ value }}
            and measured.core_features_used < measured.core_features_known, false
        ) as feature_{{ word }},
        coalesce(measured.seat_share < idle_seats.{{ value }}, false) as seats_{{ word }},
        coalesce(
            measured.largest_change <= stagnant_use.{{ value }}
            and measured.adoption < stagnant_use.below_adoption, false
        ) as use_{{ word }},
        {% endfor %}
        measured.*
    from measured
    inner join playbooks
        on measured.playbook = playbooks.playbook
    inner join openings as single_feature
        on single_feature.opening = 'single_feature'
    inner join openings as idle_seats
        on idle_seats.opening = 'unused_seats'
    inner join openings as stagnant_use
        on stagnant_use.opening = 'stagnant_use'
),

final as (
    select
        judged.snapshot_date,
        judged.account_id,
        judged.playbook,
        judged.share_opens or judged.feature_opens or judged.seats_opens or judged.use_opens as is_opening,
        cast(null as date) as event_on,
        substr(
            case
                when judged.feature_holds
                    then ', only ' || {{ number_text('judged.core_features_used') }} || ' of '
                        || {{ number_text('judged.core_features_known') }} || ' core features in use'
                when judged.share_holds or judged.use_holds
                    then ', ' || {{ percent_text('judged.adoption') }} || ' of the core features in use'
                else ''
            end || case
                when judged.seats_holds
                    then ', ' || {{ number_text('judged.active_users') }} || ' of '
                        || {{ number_text('judged.seats') }} || ' paid seats in use, '
                        || run_context.reporting_currency || ' '
                        || {{ number_text('judged.unused_seat_mrr', 2) }} || ' MRR for the rest'
                else ''
            end || case
                when judged.use_holds
                    then ', use within ' || {{ percent_text('judged.largest_change') }} || ' of its mean for '
                        || cast(judged.days as string) || ' days'
                else ''
            end, 3
        ) as evidence
    from judged
    cross join run_context
    where judged.share_holds or judged.feature_holds or judged.seats_holds or judged.use_holds
)

select * from final
