-- The contracts decided in the twelve months to as_of_date, by the CSM of the account on the day of the decision.
with

events as (
    select * from {{ ref('int_renewal_events') }}
),

outcomes as (
    select * from {{ ref('int_renewal_outcomes') }}
),

owner_periods as (
    select * from {{ ref('int_account_owner_periods') }}
),

measured_dates as (
    select * from {{ ref('int_measured_dates') }}
),

final as (
    select
        owner_periods.csm_id,
        count(*) as decided,
        count_if(outcomes.outcome = 'renewed') as renewed
    from events
    inner join outcomes
        on events.subscription_id = outcomes.subscription_id
        and events.renewal_on = outcomes.renewal_on
    inner join measured_dates
        on events.outcome_on between measured_dates.year_from and measured_dates.measured_on
        and measured_dates.is_current
    inner join owner_periods
        on events.account_id = owner_periods.account_id
        and {{ in_force('events.outcome_on', 'owner_periods.owned_from', 'owner_periods.owned_to') }}
    where outcomes.outcome <> 'open'
        and owner_periods.csm_id is not null
    group by owner_periods.csm_id
)

select * from final
