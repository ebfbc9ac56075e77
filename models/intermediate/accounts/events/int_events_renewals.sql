-- A renewal stands at the end of its term. Whether it renewed is known when the days of grace are over.
with

events as (
    select * from {{ ref('int_renewal_events') }}
),

outcomes as (
    select * from {{ ref('int_renewal_outcomes') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

decided as (
    select
        events.account_id,
        events.subscription_id,
        events.renewal_on,
        events.outcome_on,
        outcomes.outcome,
        outcomes.expansion_arr > 0 as has_expanded,
        outcomes.renewed_arr < outcomes.arr_up as has_contracted,
        run_context.reporting_currency || ' ' as currency,
        {{ number_text('outcomes.arr_up', 2) }} as arr_up,
        {{ number_text('outcomes.renewed_arr', 2) }} as renewed_arr,
        {{ number_text('outcomes.expansion_arr', 2) }} as expansion_arr
    from events
    cross join run_context
    inner join outcomes
        on events.subscription_id = outcomes.subscription_id
        and events.renewal_on = outcomes.renewal_on
    where events.is_decided
),

final as (
    select
        decided.account_id,
        decided.renewal_on as occurred_on,
        decided.outcome_on as known_on,
        {{ event_columns('renewal_decided', 'fct_renewals', {
            'subscription_id': 'decided.subscription_id', 'renewal_on': 'decided.renewal_on',
        }) }},
        case
            when decided.outcome = 'lost'
                then 'The term ended and ' || decided.currency || decided.arr_up || ' ARR was lost.'
            else
                'The term was renewed with ' || decided.currency || decided.renewed_arr
                || case
                    when decided.has_contracted then ' of ' || decided.arr_up || ' ARR.'
                    when decided.has_expanded then ' ARR and ' || decided.expansion_arr || ' more.'
                    else ' ARR, all that was up.'
                end
        end as event_text,
        false as is_provisional
    from decided
)

select * from final
