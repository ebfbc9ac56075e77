"""Journeys and value: every journey is arrived, open or lost, and value adds up to its plans."""

from expectations.suite import Suite, law, unique_key

KEY = "cohort_quarter, touch_tier, milestone"

SUITES = (
    Suite(
        "marts.rpt_time_to_value",
        (
            unique_key("cohort_quarter", "touch_tier", "milestone"),
            law(
                "A journey has reached a milestone, is open or was left; without an arrival there"
                " is no median, and nine in ten take no less time than half.",
                f"""
                select {KEY}, accounts, achieved, still_open, left_before, median_days, p90_days
                from batch as t
                where accounts <> achieved + still_open + left_before
                    or (achieved = 0 and median_days is not null)
                    or (achieved = accounts and p90_days is null)
                    or median_days < 0 or p90_days < median_days
                    or (p90_days is not null and median_days is null)
                """,
            ),
            law(
                "A cohort's tier follows the same journeys to every milestone of one source.",
                """
                select cohort_quarter, touch_tier, min(accounts) as fewest, max(accounts) as most
                from batch as t
                where milestone not in ('first_login', 'first_action')
                group by cohort_quarter, touch_tier
                having min(accounts) <> max(accounts)
                """,
            ),
            law(
                "A cohort has no more journeys than accounts.",
                """
                select cohort_quarter, milestone, sum(t.accounts) as journeys, cohort_accounts
                from batch as t
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
        "marts.rpt_value_realization",
        (
            unique_key("account_id"),
            law(
                "Whoever pays is there, and what it pays is its ARR.",
                """
                select account_id, t.cost, accounts.arr
                from batch as t
                full join (select * from marts.dim_accounts where mrr > 0) as accounts
                    using (account_id)
                where t.cost is distinct from accounts.arr
                """,
            ),
            law(
                "Value achieved is part of the plan's, and value confirmed part of that.",
                """
                select account_id, objectives, achieved, due, due_achieved, planned_value,
                    value_amount, validated_value
                from batch as t
                where achieved > objectives or due > objectives or due_achieved > due
                    or due_achieved > achieved or validated_value > value_amount
                    or (value_amount is null) <> (planned_value is null)
                    or (has_success_plan <> (objectives > 0))
                """,
            ),
            law(
                "The return is what value leaves over what is paid, of what is paid.",
                """
                select account_id, value_amount, cost, roi from batch as t
                where coalesce(abs(roi * cost - (value_amount - cost)) > 0.01,
                    (roi is null) <> (value_amount is null))
                """,
            ),
        ),
    ),
)
