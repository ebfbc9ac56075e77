-- The next step of an open trigger, by whatever role: the latest that is due and not done, else the first ahead. Where
-- none is left, the last step of its plan stands, without a day.
with

triggers as (
    select * from {{ ref('int_playbook_triggers') }}
),

tasks as (
    select * from {{ ref('int_playbook_tasks') }}
),

steps as (
    select * from {{ ref('policy_playbook_steps') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

tasks_ranked as (
    select
        tasks.trigger_id,
        tasks.step,
        tasks.action,
        tasks.owner_role,
        case when tasks.status in ('overdue', 'open') and not tasks.is_superseded then tasks.due_on end as due_on,
        row_number() over (
            partition by tasks.trigger_id
            order by
                case
                    when coalesce(tasks.status not in ('overdue', 'open'), true) or tasks.is_superseded then 3
                    when tasks.due_on <= run_context.as_of_date then 1
                    else 2
                end asc,
                case
                    when tasks.status in ('overdue', 'open') and tasks.due_on > run_context.as_of_date then tasks.due_on
                end asc nulls last,
                tasks.due_on desc,
                case tasks.owner_role when 'csm' then 1 when 'manager' then 2 else 3 end asc,
                tasks.step asc
        ) as step_number
    from tasks
    cross join run_context
),

plans_ranked as (
    select
        triggers.trigger_id,
        steps.step,
        steps.action,
        steps.owner_role,
        row_number() over (
            partition by triggers.trigger_id
            order by steps.day_offset desc, steps.step asc
        ) as step_number
    from triggers
    inner join steps
        on triggers.playbook = steps.playbook
        and triggers.steps_tier = coalesce(steps.touch_tier, triggers.steps_tier)
    where steps.counted_from = 'start'
        and steps.needs is null
        and steps.investment_tier is null
),

final as (
    select
        triggers.trigger_id,
        coalesce(tasks_ranked.step, plans_ranked.step) as step,
        coalesce(tasks_ranked.action, plans_ranked.action) as action,
        coalesce(tasks_ranked.owner_role, plans_ranked.owner_role) as owner_role,
        tasks_ranked.due_on
    from triggers
    left join tasks_ranked
        on triggers.trigger_id = tasks_ranked.trigger_id
        and tasks_ranked.step_number = 1
    left join plans_ranked
        on triggers.trigger_id = plans_ranked.trigger_id
        and plans_ranked.step_number = 1
    where triggers.is_open
)

select * from final
