-- The account has no objective after_days after its start. Before the company's first objective, none is missing.
with

customer_starts as (
    select * from {{ ref('int_customer_starts') }}
),

success_objectives as (
    select * from {{ ref('stg_crm__success_objectives') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

company as (
    select min(success_objectives.created_on) as recorded_from
    from success_objectives
),

first_objectives as (
    select
        success_objectives.account_id,
        min(success_objectives.created_on) as agreed_on
    from success_objectives
    group by success_objectives.account_id
),

expected as (
    select
        customer_starts.account_id,
        playbooks.playbook,
        greatest(
            {{ add_days('customer_starts.customer_since', 'playbooks.after_days') }}, company.recorded_from
        ) as expected_on,
        customer_starts.customer_since
    from customer_starts
    inner join playbooks
        on playbooks.playbook = 'success_plan_missing'
    inner join company
        on company.recorded_from is not null
),

final as (
    select
        expected.account_id,
        expected.playbook,
        expected.expected_on as opened_on,
        expected.expected_on as anchor_on,
        first_objectives.agreed_on as exit_on,
        'customer since ' || cast(expected.customer_since as string) || ' without an objective' as evidence
    from expected
    left join first_objectives
        on expected.account_id = first_objectives.account_id
    where coalesce(first_objectives.agreed_on > expected.expected_on, true)
)

select * from final
