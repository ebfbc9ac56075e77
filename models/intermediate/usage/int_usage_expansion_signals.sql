-- An expansion signal from usage is open on a date if its measure has reached the policy's threshold. A gateway feature
-- counts while its first use is recent. A first use soon after the records begin may not be the first.
with

usage_windows as (
    select * from {{ ref('int_usage_windows') }}
),

limits_reached as (
    select * from {{ ref('int_usage_limits_reached') }}
),

feature_months as (
    select * from {{ ref('int_usage_feature_months') }}
),

features as (
    select * from {{ ref('stg_product__features') }}
),

feed_coverage as (
    select * from {{ ref('int_usage_feed_coverage') }}
),

expansion_signals as (
    select * from {{ ref('policy_expansion_signals') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
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

first_uses as (
    select
        feature_months.account_id,
        feature_months.feature_key,
        min(feature_months.first_used_on) as first_used_on
    from feature_months
    inner join features
        on feature_months.feature_key = features.feature_key
        and features.is_gateway
    where feature_months.first_used_on is not null
    group by feature_months.account_id, feature_months.feature_key
),

gateways_begun as (
    select
        usage_windows.snapshot_date,
        usage_windows.account_id,
        count(*) as features,
        max(first_uses.first_used_on) as latest_on
    from usage_windows
    cross join feed_coverage
    inner join expansion_signals
        on expansion_signals.signal = 'gateway_feature_used'
    inner join first_uses
        on usage_windows.account_id = first_uses.account_id
        and {{ in_window('first_uses.first_used_on', 'usage_windows.snapshot_date', 'expansion_signals.window_days') }}
        and first_uses.first_used_on >= {{ add_days('feed_coverage.features_from', 'expansion_signals.window_days') }}
    group by usage_windows.snapshot_date, usage_windows.account_id
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
            'case when usage_windows.previous_active_users >= settings.growth_min_users'
            ~ ' then usage_windows.active_users / nullif(usage_windows.previous_active_users, 0) - 1 end',
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
    cross join settings
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
        gateways_begun.snapshot_date,
        gateways_begun.account_id,
        'gateway_feature_used' as signal,
        gateways_begun.features as value,
        case gateways_begun.features
            when 1 then 'a gateway feature first used on '
            else cast(gateways_begun.features as string) || ' gateway features first used, the latest on '
        end || cast(gateways_begun.latest_on as string) as evidence
    from gateways_begun
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
