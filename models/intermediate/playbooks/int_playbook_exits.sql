-- A trigger's exit is due exit_due_days after its first day, or after what it prepares. It is on time by then, else
-- late. Days that are over are no exit, nor is a customer who leaves. With one who leaves before, none was due.
with

openings as (
    select * from {{ ref('int_playbook_openings') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

numbered as (
    select
        openings.*,
        row_number() over (partition by openings.trigger_id order by openings.opening_number desc) as back_number
    from openings
    where not openings.is_provisional
),

triggers as (
    select
        numbered.trigger_id,
        numbered.account_id,
        numbered.playbook,
        max(case when numbered.opening_number = 1 then numbered.touch_tier end) as touch_tier,
        min(numbered.opened_on) as opened_on,
        min(numbered.anchor_on) as anchor_on,
        max(case when numbered.back_number = 1 then numbered.closed_on end) as closed_on,
        max(case when numbered.back_number = 1 then numbered.closed_by end) as closed_by
    from numbered
    group by numbered.trigger_id, numbered.account_id, numbered.playbook
),

due as (
    select
        triggers.*,
        {{ add_days('triggers.anchor_on', 'playbooks.exit_due_days') }} as due_on
    from triggers
    inner join playbooks
        on triggers.playbook = playbooks.playbook
        and playbooks.exit_due_days is not null
),

final as (
    select
        due.trigger_id,
        due.account_id,
        due.playbook,
        due.touch_tier,
        due.due_on,
        case when due.closed_by = 'exit' then due.closed_on end as exited_on,
        case
            when due.closed_by = 'exit' and due.closed_on <= due.due_on then 'on_time'
            when due.closed_by = 'exit' then 'late'
            when due.closed_on is null and due.due_on >= run_context.as_of_date then 'open'
            else 'missed'
        end as outcome,
        case when due.closed_by = 'exit' then {{ days_between('due.opened_on', 'due.closed_on') }} end as days_to_exit
    from due
    cross join run_context
    where not coalesce(due.closed_by = 'customer_left' and due.closed_on <= due.due_on, false)
)

select * from final
