-- An expansion signal from usage is open on a date if its measure has reached the policy's threshold.
with

usage_windows as (
    select * from {{ ref('int_usage_windows') }}
),

limits_reached as (
    select * from {{ ref('int_usage_limits_reached') }}
),

expansion_signals as (
    select * from {{ ref('policy_expansion_signals') }}
),

nearest_limits as (
    select
        limits_reached.*,
        row_number() over (
            partition by limits_reached.snapshot_date, limits_reached.account_id
            order by limits_reached.limit_share desc, limits_reached.feature_key asc
        ) as limit_number
    from limits_reached
    where limits_reached.limit_share is not null
),

measured as (
    select
        nearest_limits.snapshot_date,
        nearest_limits.account_id,
        'limit_near' as signal,
        round(nearest_limits.limit_share, 9) as value,
        {{ percent_text('nearest_limits.limit_share') }}
        || ' of the limit of ' || nearest_limits.feature_key || ' used in a month' as evidence
    from nearest_limits
    where nearest_limits.limit_number = 1
    {% for signal, value, evidence in [
        (
            'seats_nearly_full',
            'usage_windows.active_users / nullif(usage_windows.seats, 0)',
            ' of the seats in use',
        ),
        (
            'user_growth',
            'usage_windows.active_users / nullif(usage_windows.previous_active_users, 0) - 1',
            ' more active users than in the window before',
        ),
    ] %}
    union all
    select
        usage_windows.snapshot_date,
        usage_windows.account_id,
        '{{ signal }}' as signal,
        round({{ value }}, 9) as value,
        {{ percent_text('(' ~ value ~ ')') }} || '{{ evidence }}' as evidence
    from usage_windows
    {% endfor %}
    union all
    select
        usage_windows.snapshot_date,
        usage_windows.account_id,
        'seats_exceeded' as signal,
        usage_windows.active_users - usage_windows.seats as value,
        cast(cast(usage_windows.active_users as int) as string) || ' active users on '
        || cast(cast(usage_windows.seats as int) as string) || ' seats' as evidence
    from usage_windows
    where usage_windows.seats > 0
    union all
    select
        usage_windows.snapshot_date,
        usage_windows.account_id,
        'gateway_feature_used' as signal,
        usage_windows.gateway_features_used as value,
        'gateway features in use: ' || cast(cast(usage_windows.gateway_features_used as int) as string) as evidence
    from usage_windows
),

final as (
    select
        measured.snapshot_date,
        measured.account_id,
        measured.signal,
        measured.value,
        measured.evidence
    from measured
    inner join expansion_signals
        on measured.signal = expansion_signals.signal
        and measured.value >= expansion_signals.threshold
)

select * from final
