with

feature_months as (
    select * from {{ ref('int_usage_feature_months') }}
),

window_months as (
    select * from {{ ref('int_usage_window_months') }}
),

core_features as (
    select * from {{ ref('int_core_features') }}
),

final as (
    select
        window_months.snapshot_date,
        feature_months.account_id,
        count(distinct core_features.feature_key) as core_features_used
    from feature_months
    inner join window_months
        on feature_months.month = window_months.month
        and (feature_months.day_bits & window_months.current_bits) > 0
    left join core_features
        on window_months.snapshot_date = core_features.snapshot_date
        and feature_months.feature_key = core_features.feature_key
    group by window_months.snapshot_date, feature_months.account_id
)

select * from final
