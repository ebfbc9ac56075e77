-- Which playbooks open, and are their tasks done?
with

months as (
    select * from {{ ref('rpt_playbook_compliance') }}
),

triggers as (
    select * from {{ ref('fct_playbook_triggers') }}
),

counted as (
    select
        triggers.playbook,
        count(*) filter (where triggers.is_open) as open_now,
        count(*) as triggers,
        count(distinct triggers.account_id) as accounts
    from triggers
    group by triggers.playbook
),

done as (
    select
        months.playbook,
        sum(months.on_time) as on_time,
        sum(months.late) as late,
        sum(months.skipped) as skipped,
        sum(months.overdue) as overdue,
        sum(months.not_recorded) as not_recorded
    from months
    group by months.playbook
)

select
    counted.playbook,
    counted.open_now,
    counted.triggers,
    counted.accounts,
    cast(done.on_time as bigint) as on_time,
    cast(done.late as bigint) as late,
    cast(done.skipped as bigint) as skipped,
    cast(done.overdue as bigint) as overdue,
    cast(done.not_recorded as bigint) as not_recorded
from counted
left join done
    on counted.playbook = done.playbook
order by counted.playbook
