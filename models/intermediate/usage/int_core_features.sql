-- Adoption is measured by the features that are marked as core. Where none is marked, they are those that enough of the
-- accounts with use in the window have used in it.
with

features as (
    select * from {{ ref('stg_product__features') }}
),

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

feature_months as (
    select * from {{ ref('int_usage_feature_months') }}
),

window_months as (
    select * from {{ ref('int_usage_window_months') }}
),

window_sums as (
    select * from {{ ref('int_usage_window_sums') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

marked_features as (
    select features.feature_key
    from features
    where features.is_core
        and features.feature_key <> 'login'
),

marks as (
    select count(*) as marked
    from marked_features
),

active_accounts as (
    select
        window_sums.snapshot_date,
        count(*) as accounts
    from marks
    inner join window_sums
        on marks.marked = 0
        and window_sums.logins + window_sums.feature_events > 0
    group by window_sums.snapshot_date
),

features_used as (
    select
        window_months.snapshot_date,
        feature_months.feature_key,
        count(distinct feature_months.account_id) as accounts
    from marks
    inner join window_months
        on marks.marked = 0
    inner join feature_months
        on window_months.month = feature_months.month
        and (feature_months.day_bits & window_months.current_bits) > 0
    group by window_months.snapshot_date, feature_months.feature_key
),

final as (
    select
        snapshot_dates.snapshot_date,
        marked_features.feature_key
    from snapshot_dates
    cross join marked_features
    union all
    select
        features_used.snapshot_date,
        features_used.feature_key
    from features_used
    inner join active_accounts
        on features_used.snapshot_date = active_accounts.snapshot_date
    cross join settings
    where round(cast(features_used.accounts as double) / active_accounts.accounts, 9) >= settings.core_feature_share
)

select * from final
