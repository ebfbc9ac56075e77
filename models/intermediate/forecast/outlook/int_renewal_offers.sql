-- A longer term is offered to a healthy customer with a strong relationship that is strategic or high touch, as of the
-- day on which the renewal is judged. Its cost a year is the middle of the published range.
with

renewals as (
    select * from {{ ref('int_renewals_expected') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

metrics as (
    select * from {{ ref('int_health_metrics') }}
),

attributes as (
    select * from {{ ref('int_account_attributes') }}
),

offers as (
    select * from {{ ref('policy_multi_year_offers') }}
),

settings as (
    select * from {{ ref('policy_forecast_settings') }}
),

discounts as (
    select
        max(
            case when offers.term_years = '2' then (offers.discount_low + offers.discount_high) / 2 end
        ) as two_years,
        max(
            case when offers.term_years = '3' then (offers.discount_low + offers.discount_high) / 2 end
        ) as three_years
    from offers
),

relationships as (
    select
        metrics.snapshot_date,
        metrics.account_id,
        metrics.value as strength
    from metrics
    where metrics.metric = 'relationship_strength'
),

judged as (
    select
        renewals.subscription_id,
        renewals.renewal_on,
        renewals.arr_up,
        not renewals.has_given_notice
        and coalesce(round(health_statuses.evidenced_score, 9) >= settings.multi_year_min_health, false)
        and coalesce(round(relationships.strength, 9) >= settings.multi_year_min_relationship, false)
        and (renewals.touch_tier = 'high_touch' or coalesce(attributes.is_strategic, false)) as is_multi_year_candidate
    from renewals
    cross join settings
    left join health_statuses
        on renewals.forecast_on = health_statuses.snapshot_date
        and renewals.account_id = health_statuses.account_id
    left join relationships
        on renewals.forecast_on = relationships.snapshot_date
        and renewals.account_id = relationships.account_id
    left join attributes
        on renewals.account_id = attributes.account_id
),

final as (
    select
        judged.subscription_id,
        judged.renewal_on,
        judged.is_multi_year_candidate,
        case
            when judged.is_multi_year_candidate then {{ to_cents('judged.arr_up * discounts.two_years') }}
        end as discount_cost,
        case
            when judged.is_multi_year_candidate then {{ to_cents('judged.arr_up * discounts.three_years') }}
        end as discount_cost_three_years
    from judged
    cross join discounts
)

select * from final
