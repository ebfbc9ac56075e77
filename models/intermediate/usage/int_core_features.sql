-- Adoption is measured by the core features, else by all listed features, else by all features seen in usage.
with

features as (
    select * from {{ ref('stg_product__features') }}
),

feature_months as (
    select * from {{ ref('int_usage_feature_months') }}
),

listed as (
    select
        count(*) as features,
        count(*) filter (where features.is_core) as core_features
    from features
),

listed_features as (
    select
        features.feature_key,
        cast('1900-01-01' as date) as known_from
    from features
    cross join listed
    where features.feature_key <> 'login'
        and (features.is_core or listed.core_features = 0)
),

seen_features as (
    select
        feature_months.feature_key,
        min(feature_months.first_used_on) as known_from
    from feature_months
    cross join listed
    where listed.features = 0
        and feature_months.first_used_on is not null
    group by feature_months.feature_key
),

final as (
    select * from listed_features
    union all
    select * from seen_features
)

select * from final
