"""Value: journeys and value plans are those of the accounts that there are."""

from expectations.suite import Suite, law

SUITES = (
    Suite(
        "marts.rpt_time_to_value",
        (
            law(
                "A cohort has no more journeys to a milestone than accounts in dim_accounts.",
                """
                select cohort_quarter, milestone, sum(t.accounts) as journeys, cohort_accounts
                from (
                    select * from batch where touch_tier <> 'all' and cohort_quarter is not null
                ) as t
                left join (
                    select cohort_quarter, count(*) as cohort_accounts from marts.dim_accounts
                    group by cohort_quarter
                ) using (cohort_quarter)
                group by cohort_quarter, milestone, cohort_accounts
                having sum(t.accounts) > coalesce(cohort_accounts, 0)
                """,
            ),
        ),
    ),
    Suite(
        "marts.fct_onboarding",
        (
            law(
                "A plan was agreed on the day of the first objective in fct_success_objectives.",
                """
                with plans as (
                    select account_id, min(created_on) as agreed_on
                    from marts.fct_success_objectives group by account_id
                )
                select account_id, t.plan_agreed_on, plans.agreed_on
                from batch as t left join plans using (account_id)
                where t.plan_agreed_on <> plans.agreed_on
                    or t.plan_agreed_on is not null and plans.agreed_on is null
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_onboarding",
        (
            law(
                "The accounts of a quarter are those of fct_onboarding.",
                """
                with starts as (
                    select date_trunc('quarter', started_on) as start_quarter, count(*) as listed
                    from marts.fct_onboarding group by all
                )
                select start_quarter, t.accounts, starts.listed
                from (select * from batch where touch_tier = 'all') as t
                full join starts using (start_quarter)
                where t.accounts is distinct from starts.listed
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_value_realization",
        (
            law(
                "Every account of dim_accounts that pays is there, and its cost is its ARR.",
                """
                select account_id, t.cost, accounts.arr
                from batch as t
                full join (select * from marts.dim_accounts where mrr > 0) as accounts
                    using (account_id)
                where t.cost is distinct from accounts.arr
                """,
            ),
            law(
                "The objectives of an account are those of fct_success_objectives, with their"
                " value.",
                """
                with sums as (
                    select account_id, count(*) as objectives,
                        count(*) filter (status = 'achieved') as achieved,
                        sum(value_amount) as planned_value
                    from marts.fct_success_objectives group by account_id
                )
                select account_id, t.objectives, sums.objectives as listed, t.achieved,
                    sums.achieved as listed_achieved, t.planned_value,
                    sums.planned_value as listed_value
                from batch as t left join sums using (account_id)
                where coalesce(t.objectives, 0) <> coalesce(sums.objectives, 0)
                    or coalesce(t.achieved, 0) <> coalesce(sums.achieved, 0)
                    or abs(t.planned_value - sums.planned_value) > 0.01 * t.objectives
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_value_report",
        (
            law(
                "The running quarter has the value of rpt_value_realization.",
                """
                select account_id, t.value_amount, plans.value_amount as of_plan, t.roi,
                    plans.roi as of_plan_roi
                from (
                    select * from batch where quarter = (select max(quarter) from batch)
                ) as t
                inner join marts.rpt_value_realization as plans using (account_id)
                where t.value_amount is distinct from plans.value_amount
                    or abs(t.roi - plans.roi) > 1e-6 or (t.roi is null) <> (plans.roi is null)
                """,
            ),
            law(
                "The objectives achieved in a quarter are those of fct_success_objectives.",
                """
                select account_id, quarter, t.achieved, counted.achieved as listed
                from batch as t
                left join (
                    select account_id, date_trunc('quarter', achieved_on) as quarter,
                        count(*) as achieved
                    from marts.fct_success_objectives where achieved_on is not null group by all
                ) as counted using (account_id, quarter)
                where t.achieved <> coalesce(counted.achieved, 0)
                """,
            ),
        ),
    ),
)
