-- Opens lead_days before a term ends, or when the term becomes known if that is later. The next term closes it.
-- Terms of an account that open on one day are one trigger, counted down to the earliest end.
with

contract_terms as (
    select * from {{ ref('int_contract_terms') }}
),

subscriptions as (
    select * from {{ ref('stg_billing__subscriptions') }}
),

successors as (
    select * from {{ ref('int_subscription_successors') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

terms_ending as (
    select
        contract_terms.account_id,
        contract_terms.subscription_id,
        contract_terms.term_end_on,
        contract_terms.superseded_on,
        subscriptions.ended_on,
        playbooks.playbook,
        greatest(
            {{ add_days('contract_terms.term_end_on', '-playbooks.lead_days') }}, contract_terms.known_on
        ) as opened_on
    from contract_terms
    inner join subscriptions
        on contract_terms.subscription_id = subscriptions.subscription_id
    inner join playbooks
        on playbooks.playbook = 'renewal'
),

-- The next term, a successor, or the end of the subscription.
possible_exits as (
    select
        terms_ending.subscription_id,
        terms_ending.term_end_on,
        next_terms.known_on as exit_on
    from terms_ending
    inner join contract_terms as next_terms
        on terms_ending.subscription_id = next_terms.subscription_id
        and terms_ending.term_end_on <= next_terms.term_start_on
    union all
    select
        terms_ending.subscription_id,
        terms_ending.term_end_on,
        successors.started_on as exit_on
    from terms_ending
    inner join successors
        on terms_ending.subscription_id = successors.subscription_id
    union all
    select
        terms_ending.subscription_id,
        terms_ending.term_end_on,
        least(terms_ending.ended_on, terms_ending.superseded_on) as exit_on
    from terms_ending
),

first_exits as (
    select
        possible_exits.subscription_id,
        possible_exits.term_end_on,
        min(possible_exits.exit_on) as exit_on
    from possible_exits
    group by possible_exits.subscription_id, possible_exits.term_end_on
),

terms_open as (
    select
        terms_ending.*,
        first_exits.exit_on
    from terms_ending
    inner join first_exits
        on terms_ending.subscription_id = first_exits.subscription_id
        and terms_ending.term_end_on = first_exits.term_end_on
    where coalesce(terms_ending.opened_on < first_exits.exit_on, true)
),

final as (
    select
        terms_open.account_id,
        terms_open.playbook,
        terms_open.opened_on,
        min(terms_open.term_end_on) as anchor_on,
        case when count(terms_open.exit_on) = count(*) then max(terms_open.exit_on) end as exit_on,
        case
            when count(*) = 1 then 'the term of ' || min(terms_open.subscription_id) || ' ends on '
            else cast(count(*) as string) || ' terms end, the first on '
        end || cast(min(terms_open.term_end_on) as string) as evidence
    from terms_open
    group by terms_open.account_id, terms_open.playbook, terms_open.opened_on
)

select * from final
