with

renewals as (
    select * from {{ ref('int_renewals_expected') }}
),

outcomes as (
    select * from {{ ref('int_renewal_outcomes') }}
),

outlooks as (
    select * from {{ ref('int_renewal_outlooks') }}
),

events as (
    select * from {{ ref('int_renewal_events') }}
),

offers as (
    select * from {{ ref('int_renewal_offers') }}
),

opportunities as (
    select * from {{ ref('int_renewal_opportunities') }}
),

risk_levels as (
    select * from {{ ref('policy_risk_levels') }}
),

escalations as (
    select * from {{ ref('int_account_escalations') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
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
        risk_levels.action as risk_action,
        risk_levels.owner_role as risk_owner_role,
        case when outcomes.outcome = 'open' then coalesce(escalations.escalation_level, 'none') end as escalation_level,
        renewals.policy_probability,
        renewals.calibrated_probability,
        cast(renewals.past_renewals as bigint) as past_renewals,
        cast(renewals.expected_arr_policy as decimal(18, 2)) as expected_arr_policy,
        cast(renewals.expected_arr as decimal(18, 2)) as expected_arr,
        outcomes.outcome,
        cast(outcomes.renewed_arr as decimal(18, 2)) as renewed_arr,
        cast(outcomes.expansion_arr as decimal(18, 2)) as expansion_arr,
        outcomes.next_signed_on,
        outcomes.is_early,
        outcomes.signed_30_days_ahead,
        outlooks.current_outlook,
        cast(outlooks.secured_arr as decimal(18, 2)) as secured_arr,
        cast(outlooks.lost_arr as decimal(18, 2)) as lost_arr,
        cast(outlooks.open_arr as decimal(18, 2)) as open_arr,
        cast(outlooks.expected_open_arr as decimal(18, 2)) as expected_open_arr,
        cast(outlooks.open_arr - outlooks.expected_open_arr as decimal(18, 2)) as expected_loss_arr,
        outlooks.is_at_risk,
        case when events.is_derived then 'derived' else 'contract' end as term_source,
        offers.is_multi_year_candidate,
        cast(offers.discount_cost as decimal(18, 2)) as discount_cost,
        cast(offers.discount_cost_three_years as decimal(18, 2)) as discount_cost_three_years,
        opportunities.opportunity_id,
        cast(opportunities.opportunity_amount as decimal(18, 2)) as opportunity_amount,
        opportunities.crm_outlook,
        run_context.reporting_currency
    from renewals
    cross join run_context
    inner join events
        on renewals.subscription_id = events.subscription_id
        and renewals.renewal_on = events.renewal_on
    inner join outlooks
        on renewals.subscription_id = outlooks.subscription_id
        and renewals.renewal_on = outlooks.renewal_on
        and run_context.as_of_date = outlooks.snapshot_date
    left join offers
        on renewals.subscription_id = offers.subscription_id
        and renewals.renewal_on = offers.renewal_on
    left join opportunities
        on renewals.subscription_id = opportunities.subscription_id
        and renewals.renewal_on = opportunities.renewal_on
    inner join outcomes
        on renewals.subscription_id = outcomes.subscription_id
        and renewals.renewal_on = outcomes.renewal_on
    inner join risk_levels
        on renewals.risk_level = risk_levels.risk_level
    left join escalations
        on renewals.account_id = escalations.account_id
    left join account_names
        on renewals.account_id = account_names.account_id
)

select * from final
