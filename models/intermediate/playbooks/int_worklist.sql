-- Each account has one line, for its gravest reason. A list has all lines of the band now, and those of this week until
-- it is full. The policy's renewal probability by health gives the ARR at risk.
with

reasons as (
    select * from {{ ref('int_worklist_reasons') }}
),

facts as (
    select * from {{ ref('int_worklist_facts') }}
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

settings as (
    select * from {{ ref('policy_coverage_settings') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

account_facts as (
    select
        facts.account_id,
        max(case when facts.fact_number = 1 then facts.fact_text end)
        {% for number in [2, 3, 4] %}
        || coalesce('; ' || max(case when facts.fact_number = {{ number }} then facts.fact_text end), '')
        {% endfor %}
            as fact_texts,
        count_if(facts.fact = 'renewal_near') > 0 as names_renewal
    from facts
    group by facts.account_id
),

lines as (
    select
        reasons.*,
        coalesce(owner_periods.csm_id, '(none)') as csm_id,
        12 * customers.mrr as arr,
        12 * customers.mrr * (1 - renewal_probabilities.probability) as arr_at_risk,
        health_statuses.health_score,
        health_statuses.health_status,
        next_renewals.next_renewal_on,
        account_facts.fact_texts,
        reasons.triggers_besides_facts - case when reasons.fact is null then 1 else 0 end as other_triggers,
        not account_facts.names_renewal
        and next_renewals.next_renewal_on <= {{ add_days('run_context.as_of_date', 'settings.renewals_due_days') }}
            as is_renewal_near,
        settings.worklist_max_lines
    from reasons
    cross join settings
    inner join customers
        on reasons.account_id = customers.account_id
    inner join run_context
        on customers.snapshot_date = run_context.as_of_date
    inner join owner_periods
        on reasons.account_id = owner_periods.account_id
        and {{ in_force('run_context.as_of_date', 'owner_periods.owned_from', 'owner_periods.owned_to') }}
    inner join health_statuses
        on reasons.account_id = health_statuses.account_id
        and customers.snapshot_date = health_statuses.snapshot_date
    inner join renewal_probabilities
        on health_statuses.health_status = renewal_probabilities.health_status
    left join account_facts
        on reasons.account_id = account_facts.account_id
    left join next_renewals
        on reasons.account_id = next_renewals.account_id
        and customers.snapshot_date = next_renewals.snapshot_date
    where reasons.reason_number = 1
),

ranked as (
    select
        lines.*,
        coalesce(
            upper(left(lines.fact_texts, 1)) || substring(lines.fact_texts, 2),
            upper(left(lines.label, 1)) || substring(lines.label, 2) || ': ' || lines.evidence
        )
        || case
            when lines.is_renewal_near then '; the term ends on ' || cast(lines.next_renewal_on as string)
            else ''
        end
        || case lines.other_triggers
            when 0 then ''
            when 1 then '; 1 more playbook is open'
            else '; ' || lines.other_triggers || ' more playbooks are open'
        end as why,
        row_number() over (
            partition by lines.csm_id
            order by
                case lines.band when 'now' then 1 when 'this_week' then 2 else 3 end,
                case when lines.fact = 'cancel_request' then 1 else 2 end,
                lines.arr_at_risk desc,
                lines.due_on asc nulls last,
                lines.account_id asc
        ) as priority_rank
    from lines
),

final as (
    select
        ranked.account_id,
        ranked.csm_id,
        ranked.band,
        ranked.band = 'now' or (ranked.band = 'this_week' and ranked.priority_rank <= ranked.worklist_max_lines)
            as is_listed,
        ranked.priority_rank,
        ranked.fact,
        ranked.why,
        ranked.trigger_id,
        ranked.playbook,
        ranked.step,
        ranked.action,
        ranked.due_on,
        ranked.days_overdue,
        ranked.steps_due,
        ranked.arr,
        ranked.arr_at_risk,
        ranked.health_score,
        ranked.health_status,
        ranked.next_renewal_on
    from ranked
)

select * from final
