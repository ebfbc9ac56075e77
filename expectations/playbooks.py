"""Playbooks: tasks lie within their triggers, reports count them, worklists hold what is open."""

from expectations.suite import Suite, law

SUITES = (
    Suite(
        "marts.fct_expansion_signals",
        (
            law(
                "An account with a signal at a month's end has MRR in fct_mrr_monthly.",
                """
                select t.snapshot_date, t.account_id, t.signal, ledger.closing_mrr
                from batch as t
                left join marts.fct_mrr_monthly as ledger
                    on ledger.account_id = t.account_id
                    and ledger.month = date_trunc('month', t.snapshot_date)
                where t.snapshot_date = last_day(t.snapshot_date)
                    and ledger.is_active is distinct from true
                """,
            ),
        ),
    ),
    Suite(
        "marts.fct_playbook_triggers",
        (
            law(
                "No trigger is open for an account that dim_accounts calls churned.",
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
            law(
                "A task falls due while its trigger in fct_playbook_triggers is open.",
                """
                select t.trigger_id, t.step, t.due_on, triggers.opened_on, triggers.closed_on
                from batch as t
                left join marts.fct_playbook_triggers as triggers
                    on triggers.trigger_id = t.trigger_id
                where triggers.trigger_id is null or t.due_on < triggers.opened_on
                    or t.due_on > triggers.closed_on
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_playbook_compliance",
        (
            law(
                "The tasks of a month are those of fct_playbook_tasks that are due in it.",
                """
                select t.playbook, t.month, t.tasks, counted.tasks as due
                from batch as t
                left join (
                    select playbook, date_trunc('month', due_on) as month, count(*) as tasks
                    from marts.fct_playbook_tasks group by all
                ) as counted on counted.playbook = t.playbook and counted.month = t.month
                where t.tasks is distinct from counted.tasks
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_csm_worklist",
        (
            law(
                "An account is on the list of its CSM in dim_accounts, with its ARR.",
                """
                select account_id, t.csm_id, accounts.csm_id as owner, t.arr,
                    accounts.arr as account_arr
                from batch as t left join marts.dim_accounts as accounts using (account_id)
                where t.csm_id <> coalesce(accounts.csm_id, 'unassigned')
                    or t.arr is distinct from accounts.arr
                """,
            ),
            law(
                "A line's trigger is open in fct_playbook_triggers, and its due date is that of the"
                " task in fct_playbook_tasks.",
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
