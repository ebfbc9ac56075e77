-- An account that paid when the records begin has an unknown start and no row.
with

exits as (
    select * from {{ ref('int_onboarding_exits') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

final as (
    select
        exits.account_id,
        account_names.account_name,
        coalesce(exits.touch_tier, '(none)') as touch_tier,
        exits.started_on,
        exits.judged_on,
        exits.is_settled,
        exits.plan_agreed,
        exits.stakeholders_known,
        exits.first_value,
        exits.adoption,
        exits.health,
        cast(exits.criteria_met as int) as criteria_met,
        exits.is_exit_met,
        exits.plan_agreed_on,
        cast(exits.contacts_known as bigint) as contacts_known,
        exits.first_value_on,
        cast(exits.adoption_rate as double) as adoption_rate,
        cast(exits.health_score as double) as health_score
    from exits
    left join account_names
        on exits.account_id = account_names.account_id
)

select * from final
