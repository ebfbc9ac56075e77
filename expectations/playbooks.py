"""Playbooks: occasions open and close in order, and their tasks lie within them."""

from expectations.suite import ROUNDING, Suite, law, unique_key

SUITES = (
    Suite(
        "marts.fct_playbook_triggers",
        (
            unique_key("trigger_id"),
            unique_key("account_id", "playbook", "opened_on"),
            law(
                "An occasion opens by as_of_date, and is open until it closes, which is later.",
                """
                select trigger_id, opened_on, closed_on, is_open, as_of_date
                from batch as t cross join intermediate.int_run_context
                where opened_on > as_of_date or closed_on > as_of_date or closed_on <= opened_on
                    or is_open <> (closed_on is null)
                """,
            ),
            law(
                "What is provisional began today, and is open.",
                """
                select trigger_id, opened_on, is_open, as_of_date
                from batch as t cross join intermediate.int_run_context
                where is_provisional and (opened_on <> as_of_date or not is_open)
                """,
            ),
            law(
                "Every occasion says what shows it, and what will close it.",
                """
                select trigger_id, evidence, exit_condition from batch as t
                where coalesce(trim(evidence), '') = '' or coalesce(trim(exit_condition), '') = ''
                """,
            ),
            law(
                "Nothing is open of who has left.",
                """
                select t.trigger_id, t.account_id, accounts.churned_on from batch as t
                inner join marts.dim_accounts as accounts on accounts.account_id = t.account_id
                where t.is_open and accounts.status = 'churned'
                """,
            ),
        ),
    ),
    Suite(
        "marts.fct_playbook_tasks",
        (
            unique_key("trigger_id", "step"),
            law(
                "A task falls due while its occasion is open.",
                """
                select t.trigger_id, t.step, t.due_on, occasions.opened_on, occasions.closed_on
                from batch as t
                left join marts.fct_playbook_triggers as occasions
                    on occasions.trigger_id = t.trigger_id
                where occasions.trigger_id is null or t.due_on < occasions.opened_on
                    or t.due_on > occasions.closed_on
                """,
            ),
            law(
                "A task stands as its dates say.",
                """
                select trigger_id, step, status, due_on, completed_on, days_overdue, as_of_date
                from batch as t cross join intermediate.int_run_context
                where coalesce(status in ('done', 'late'), false) <> (completed_on is not null)
                    or (status = 'done' and completed_on > due_on)
                    or (status = 'late' and days_overdue <> completed_on - due_on)
                    or (status = 'overdue' and days_overdue <> as_of_date - due_on)
                    or (status = 'open') <> (
                        status is not null and completed_on is null and due_on >= as_of_date
                        and status <> 'skipped'
                    )
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_playbook_compliance",
        (
            unique_key("playbook", "month"),
            law(
                "The tasks of a month are those due in it, and each stands in one way.",
                """
                select t.playbook, t.month, t.tasks, counted.tasks as due
                from batch as t
                left join (
                    select playbook, date_trunc('month', due_on) as month, count(*) as tasks
                    from marts.fct_playbook_tasks group by all
                ) as counted on counted.playbook = t.playbook and counted.month = t.month
                where t.tasks is distinct from counted.tasks
                    or t.tasks <> on_time + late + skipped + overdue + still_open + not_recorded
                """,
            ),
            law(
                "Compliance is the share done on time of what is known, and none without any.",
                f"""
                select playbook, month, compliance, on_time, late, skipped, overdue from batch as t
                where (compliance is null) <> (on_time + late + skipped + overdue = 0)
                    or abs(compliance * (on_time + late + skipped + overdue) - on_time) > {ROUNDING}
                    or completion_rate + skipped_rate > 1 + {ROUNDING}
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_csm_worklist",
        (
            unique_key("csm_id", "priority_rank"),
            law(
                "A list begins with 1, leaves no rank out, and its ARR at risk falls.",
                """
                select csm_id, priority_rank, arr_at_risk, line, before from (
                    select *,
                        row_number() over (partition by csm_id order by priority_rank) as line,
                        lag(arr_at_risk) over (partition by csm_id order by priority_rank) as before
                    from batch
                )
                where priority_rank <> line or arr_at_risk > before
                """,
            ),
            law(
                "An account is on one list, its owner's, with its ARR, of which no more is at risk"
                " than there is.",
                """
                select account_id, t.csm_id, accounts.csm_id as owner, t.arr, accounts.arr as whole,
                    arr_at_risk
                from batch as t left join marts.dim_accounts as accounts using (account_id)
                where t.csm_id <> coalesce(accounts.csm_id, 'unassigned')
                    or t.arr is distinct from accounts.arr
                    or not coalesce(arr_at_risk between 0 and t.arr, false)
                    or account_id in (
                        select account_id from batch group by account_id having count(*) > 1
                    )
                """,
            ),
            law(
                "What an account is on the list for is open, and what is due is told by its task.",
                """
                select account_id, t.trigger_id, t.step, t.due_on, tasks.due_on as task_due_on
                from batch as t
                left join marts.fct_playbook_triggers as triggers using (account_id, trigger_id)
                left join marts.fct_playbook_tasks as tasks using (account_id, trigger_id, step)
                where not coalesce(triggers.is_open, false)
                    or t.due_on is distinct from tasks.due_on
                """,
            ),
        ),
    ),
)
