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
                "A task falls due while its trigger in fct_playbook_triggers is open, or after its"
                " exit where it counts from it.",
                """
                select t.trigger_id, t.step, t.due_on, triggers.opened_on, triggers.closed_on
                from batch as t
                left join marts.fct_playbook_triggers as triggers
                    on triggers.trigger_id = t.trigger_id
                where triggers.trigger_id is null or t.due_on < triggers.opened_on
                    or (t.due_on > triggers.closed_on and not t.is_after_exit)
                    or (t.is_after_exit and (
                        triggers.closed_by is distinct from 'exit' or t.due_on < triggers.closed_on
                    ))
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_handoffs",
        (
            law(
                "The handoffs of a month are the first sales of accounts that fct_opportunities has"
                " won in it, at most.",
                """
                select t.month, t.handoffs, first_sales.accounts from batch as t
                left join (
                    select month, count(*) as accounts from (
                        select account_id, date_trunc('month', min(closed_on)) as month
                        from marts.fct_opportunities
                        where opportunity_type = 'new' and stage = 'closed_won'
                        group by account_id
                    ) group by month
                ) as first_sales on first_sales.month = t.month
                where t.handoffs > coalesce(first_sales.accounts, 0)
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
                where t.tasks is distinct from coalesce(counted.tasks, 0)
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
                where t.csm_id <> accounts.csm_id
                    or t.arr is distinct from accounts.arr
                """,
            ),
            law(
                "The risk of a line is that of dim_accounts.",
                """
                select account_id, t.risk_level, accounts.risk_level as account_risk_level
                from batch as t left join marts.dim_accounts as accounts using (account_id)
                where t.risk_level <> coalesce(accounts.risk_level, 'none')
                """,
            ),
            law(
                "A line escalates as high as the account's open triggers in fct_playbook_triggers.",
                """
                select account_id, t.escalation_level, triggers.escalation_level as of_trigger
                from batch as t
                inner join marts.fct_playbook_triggers as triggers using (account_id)
                inner join policy.policy_escalation_levels as own
                    on own.escalation_level = t.escalation_level
                inner join policy.policy_escalation_levels as levels
                    on levels.escalation_level = triggers.escalation_level
                where triggers.is_open and own.escalation_rank < levels.escalation_rank
                """,
            ),
            law(
                "A line's trigger is open in fct_playbook_triggers or its step counts from the"
                " exit, and its due date is that of the task in fct_playbook_tasks.",
                """
                select account_id, t.trigger_id, t.step, t.due_on, tasks.due_on as task_due_on
                from batch as t
                left join marts.fct_playbook_triggers as triggers using (account_id, trigger_id)
                left join marts.fct_playbook_tasks as tasks using (account_id, trigger_id, step)
                where not coalesce(
                        triggers.is_open or coalesce(tasks.is_after_exit, false),
                        t.trigger_id is null
                    )
                    or t.due_on is distinct from tasks.due_on
                """,
            ),
            law(
                "A line's step waits for its CSM in fct_playbook_tasks: not done, not superseded,"
                " and overdue for worklist_overdue_days at most.",
                """
                select account_id, t.step, tasks.status, tasks.is_superseded, tasks.days_overdue
                from batch as t
                cross join policy.policy_coverage_settings as settings
                left join marts.fct_playbook_tasks as tasks using (account_id, trigger_id, step)
                where t.step is not null and not coalesce(
                    tasks.owner_role = 'csm' and tasks.status in ('open', 'overdue')
                    and not tasks.is_superseded
                    and tasks.days_overdue <= settings.worklist_overdue_days
                    and tasks.days_overdue = t.days_overdue, false)
                """,
            ),
            law(
                "An account that pays has a line of the band now if it asks to cancel or its"
                " champion left in fct_leading_indicators, or if it is in low health in"
                " dim_accounts.",
                """
                select accounts.account_id, accounts.health_score, accounts.health_status
                from marts.dim_accounts as accounts
                cross join policy.policy_coverage_settings as settings
                cross join intermediate.int_run_context as run
                where accounts.mrr > 0 and (
                    (
                        accounts.health_status <> 'unscored'
                        and accounts.health_score < settings.worklist_now_below_health
                    ) or exists (
                        from marts.fct_leading_indicators as indicators
                        where indicators.account_id = accounts.account_id
                            and indicators.snapshot_date = run.as_of_date
                            and indicators.indicator in ('cancel_request', 'champion_departed')
                    )
                ) and accounts.account_id not in (select account_id from batch where band = 'now')
                """,
            ),
            law(
                "A list has the lines that rpt_csm_books counts: all of now, and of this_week what"
                " worklist_max_lines has room for.",
                """
                select books.csm_id, books.now_lines, books.this_week_lines, books.cut_lines
                from marts.rpt_csm_books as books
                cross join policy.policy_coverage_settings as settings
                left join (
                    select csm_id, count_if(band = 'now') as now_lines,
                        count_if(band = 'this_week') as this_week_lines
                    from batch group by csm_id
                ) as lists using (csm_id)
                where books.now_lines <> coalesce(lists.now_lines, 0)
                    or books.this_week_lines <> coalesce(lists.this_week_lines, 0)
                    or books.this_week_lines <> least(
                        books.this_week_lines + books.cut_lines,
                        greatest(settings.worklist_max_lines - books.now_lines, 0))
                """,
            ),
            law(
                "Of the accounts with a step left for their CSM in fct_playbook_tasks, each is a"
                " line, was cut, or counts in the backlog of rpt_csm_books.",
                """
                select books.csm_id, books.cut_lines, books.backlog_accounts, waiting.accounts
                from marts.rpt_csm_books as books
                left join (
                    select accounts.csm_id,
                        count(distinct accounts.account_id) as accounts
                    from marts.fct_playbook_tasks as tasks
                    inner join marts.fct_playbook_triggers as triggers using (trigger_id)
                    inner join marts.dim_accounts as accounts
                        on accounts.account_id = tasks.account_id and accounts.mrr > 0
                    where (triggers.is_open or tasks.is_after_exit) and tasks.owner_role = 'csm'
                        and not tasks.is_superseded
                        and coalesce(tasks.status in ('open', 'overdue'), true)
                        and tasks.account_id not in (select account_id from batch)
                    group by 1
                ) as waiting using (csm_id)
                where books.cut_lines + books.backlog_accounts <> coalesce(waiting.accounts, 0)
                """,
            ),
        ),
    ),
)
