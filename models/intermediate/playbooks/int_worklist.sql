-- Each account has one line, its most urgent trigger. The policy's renewal probability by health gives the ARR at risk.
with

steps as (
    select * from {{ ref('int_worklist_steps') }}
),

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

owner_periods as (
    select * from {{ ref('int_account_owner_periods') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

renewal_probabilities as (
    select * from {{ ref('policy_renewal_probabilities') }}
),

next_renewals as (
    select * from {{ ref('int_next_renewals_by_snapshot') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

steps_ranked as (
    select
        steps.*,
        count(*) over (partition by steps.account_id) - 1 as other_triggers,
        row_number() over (
            partition by steps.account_id
            order by steps.urgency, steps.turn, steps.due_on, steps.playbook, steps.trigger_id
        ) as trigger_number
    from steps
),

final as (
    select
        steps_ranked.account_id,
        coalesce(owner_periods.csm_id, 'unassigned') as csm_id,
        steps_ranked.trigger_id,
        steps_ranked.playbook,
        steps_ranked.label,
        steps_ranked.evidence,
        steps_ranked.step,
        steps_ranked.action,
        steps_ranked.due_on,
        steps_ranked.steps_due,
        steps_ranked.other_triggers,
        12 * customers.mrr as arr,
        12 * customers.mrr * (1 - renewal_probabilities.probability) as arr_at_risk,
        health_statuses.health_score,
        health_statuses.health_status,
        next_renewals.next_renewal_on
    from steps_ranked
    inner join customers
        on steps_ranked.account_id = customers.account_id
    inner join run_context
        on customers.snapshot_date = run_context.as_of_date
    inner join owner_periods
        on steps_ranked.account_id = owner_periods.account_id
        and {{ in_force('run_context.as_of_date', 'owner_periods.owned_from', 'owner_periods.owned_to') }}
    inner join health_statuses
        on steps_ranked.account_id = health_statuses.account_id
        and customers.snapshot_date = health_statuses.snapshot_date
    inner join renewal_probabilities
        on health_statuses.health_status = renewal_probabilities.health_status
    left join next_renewals
        on steps_ranked.account_id = next_renewals.account_id
        and customers.snapshot_date = next_renewals.snapshot_date
    where steps_ranked.trigger_number = 1
)

select * from final
