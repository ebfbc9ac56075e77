with

renewals as (
    select * from {{ ref('int_renewals_expected') }}
),

outcomes as (
    select * from {{ ref('int_renewal_outcomes') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

final as (
    select
        renewals.subscription_id,
        renewals.renewal_on,
        renewals.account_id,
        account_names.account_name,
        renewals.forecast_on,
        cast(renewals.days_ahead as bigint) as days_ahead,
        cast(renewals.arr_up as decimal(18, 2)) as arr_up,
        renewals.health_score,
        renewals.health_status,
        renewals.touch_tier,
        renewals.has_given_notice,
        renewals.risk_level,
        renewals.policy_probability,
        renewals.calibrated_probability,
        cast(renewals.past_renewals as bigint) as past_renewals,
        cast(renewals.expected_arr_policy as decimal(18, 2)) as expected_arr_policy,
        cast(renewals.expected_arr as decimal(18, 2)) as expected_arr,
        outcomes.outcome,
        cast(outcomes.renewed_arr as decimal(18, 2)) as renewed_arr,
        cast(outcomes.expansion_arr as decimal(18, 2)) as expansion_arr,
        outcomes.is_early
    from renewals
    inner join outcomes
        on renewals.subscription_id = outcomes.subscription_id
        and renewals.renewal_on = outcomes.renewal_on
    left join account_names
        on renewals.account_id = account_names.account_id
)

select * from final
