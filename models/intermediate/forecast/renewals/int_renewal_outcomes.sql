-- Renewed ARR is the ARR of the parties when grace_days are over, up to the ARR that was up.
with

events as (
    select * from {{ ref('int_renewal_events') }}
),

parties as (
    select * from {{ ref('int_renewal_parties') }}
),

renewal_arr as (
    select * from {{ ref('int_renewal_arr') }}
),

renewal_shares as (
    select * from {{ ref('int_renewal_shares') }}
),

contract_terms as (
    select * from {{ ref('int_contract_terms') }}
),

settings as (
    select * from {{ ref('policy_forecast_settings') }}
),

before_end as (
    select
        renewal_arr.subscription_id,
        renewal_arr.renewal_on,
        sum(renewal_arr.arr) as arr_up
    from renewal_arr
    where renewal_arr.side = 'up'
    group by renewal_arr.subscription_id, renewal_arr.renewal_on
),

after_end as (
    select
        renewal_shares.subscription_id,
        renewal_shares.renewal_on,
        sum(renewal_shares.arr) as arr_after
    from renewal_shares
    group by renewal_shares.subscription_id, renewal_shares.renewal_on
),

signatures as (
    select
        parties.subscription_id,
        parties.renewal_on,
        min(contract_terms.signed_on) as signed_on
    from parties
    inner join contract_terms
        on parties.party_id = contract_terms.subscription_id
        and parties.renewal_on < contract_terms.term_end_on
    cross join settings
    where abs({{ days_between('parties.renewal_on', 'contract_terms.term_start_on') }}) <= settings.grace_days
    group by parties.subscription_id, parties.renewal_on
),

judged as (
    select
        events.subscription_id,
        events.renewal_on,
        before_end.arr_up,
        after_end.arr_after,
        signatures.signed_on as next_signed_on,
        -- A term that began is agreed, though its signature is unknown.
        coalesce(
            signatures.signed_on,
            case when events.renewal_on < events.agreed_end_on then events.renewal_on end
        ) < events.agreed_end_on as is_signed_before_end,
        case
            when signatures.signed_on is not null
                then signatures.signed_on <= {{ add_days('events.agreed_end_on', '-settings.early_days') }}
            when events.renewal_on <= {{ add_days('events.agreed_end_on', '-settings.early_days') }} then true
        end as is_signed_days_ahead,
        case
            when not events.is_decided then 'open'
            when after_end.subscription_id is not null then 'renewed'
            else 'lost'
        end as outcome
    from events
    inner join before_end
        on events.subscription_id = before_end.subscription_id
        and events.renewal_on = before_end.renewal_on
    cross join settings
    left join after_end
        on events.subscription_id = after_end.subscription_id
        and events.renewal_on = after_end.renewal_on
    left join signatures
        on events.subscription_id = signatures.subscription_id
        and events.renewal_on = signatures.renewal_on
),

final as (
    select
        judged.subscription_id,
        judged.renewal_on,
        judged.arr_up,
        judged.outcome,
        case judged.outcome
            when 'renewed' then {{ to_cents('least(cast(judged.arr_up as double), judged.arr_after)') }}
            when 'lost' then 0
        end as renewed_arr,
        case judged.outcome
            when 'renewed' then {{ to_cents('greatest(judged.arr_after - cast(judged.arr_up as double), 0)') }}
            when 'lost' then 0
        end as expansion_arr,
        judged.next_signed_on,
        case when judged.outcome = 'lost' then false else judged.is_signed_before_end end as is_early,
        case when judged.outcome = 'lost' then false else judged.is_signed_days_ahead end as signed_30_days_ahead
    from judged
)

select * from final
