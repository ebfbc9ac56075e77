with

worklist as (
    select * from {{ ref('int_worklist') }}
),

accounts as (
    select * from {{ ref('int_accounts_today') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        worklist.csm_id,
        cast(row_number() over (
            partition by worklist.csm_id
            order by worklist.arr_at_risk desc, worklist.due_on asc, worklist.account_id asc
        ) as int) as priority_rank,
        worklist.account_id,
        accounts.account_name,
        upper(left(worklist.label, 1)) || substring(worklist.label, 2) || ': ' || worklist.evidence
        || case worklist.other_triggers
            when 0 then ''
            when 1 then '; 1 more trigger is open'
            else '; ' || worklist.other_triggers || ' more triggers are open'
        end as why,
        worklist.action,
        worklist.due_on,
        cast(greatest({{ days_between('worklist.due_on', 'run_context.as_of_date') }}, 0) as int) as days_overdue,
        cast(worklist.arr as decimal(18, 2)) as arr,
        cast(worklist.arr_at_risk as decimal(18, 2)) as arr_at_risk,
        worklist.health_score,
        worklist.health_status,
        worklist.next_renewal_on as renewal_on,
        worklist.playbook,
        worklist.step,
        worklist.trigger_id,
        cast(worklist.steps_due as bigint) as steps_due
    from worklist
    cross join run_context
    inner join accounts
        on worklist.account_id = accounts.account_id
)

select * from final
