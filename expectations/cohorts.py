"""Cohorts and churn: both are the MRR ledger, looked at account by account."""

from expectations.suite import ROUNDING, Suite, law, unique_key

SUITES = (
    Suite(
        "marts.fct_cohort_retention",
        (
            unique_key("cohort_grain", "cohort", "segment_type", "segment", "age_months"),
            law(
                "At age 0 a cohort is whole.",
                f"""
                select cohort_grain, cohort, segment_type, segment from batch as t
                where age_months = 0 and (
                    retained_accounts <> cohort_accounts or retained_mrr <> cohort_mrr
                    or abs(grr - 1) > {ROUNDING}
                )
                """,
            ),
            law(
                "GRR is at most 100 % and at most NRR; no cohort gains accounts.",
                f"""
                select cohort_grain, cohort, segment_type, segment, age_months, grr, nrr
                from batch as t
                where grr > least(1, nrr) + {ROUNDING} or retained_accounts > cohort_accounts
                """,
            ),
            law(
                "A cohort keeps its size at every age.",
                """
                select cohort_grain, cohort, segment_type, segment from batch as t
                group by all
                having min(cohort_accounts) <> max(cohort_accounts)
                    or min(cohort_mrr) <> max(cohort_mrr)
                """,
            ),
            law(
                "A cohort is never shown at an age that its first month has not reached.",
                """
                select t.cohort_grain, t.cohort, t.age_months from batch as t
                left join marts.dim_dates as dates
                    on dates.date_day = t.cohort + t.age_months * interval '1' month
                where dates.is_complete_month is distinct from true
                """,
            ),
            law(
                "The monthly cohorts hold every account that is new in a complete month, with its"
                " MRR.",
                """
                with
                cohorts as (
                    select cohort as month, cohort_accounts, cohort_mrr from batch as t
                    where cohort_grain = 'month' and segment_type = 'all' and age_months = 0
                ),
                ledger as (
                    select month, count(*) as accounts, sum(new_mrr) as mrr
                    from marts.fct_mrr_monthly where new_mrr > 0 and is_complete_month
                    group by month
                )
                select month, cohort_accounts, accounts, cohort_mrr, mrr
                from cohorts full join ledger using (month)
                where cohort_accounts is distinct from accounts or cohort_mrr is distinct from mrr
                """,
            ),
            law(
                "A monthly cohort's MRR in a month is what its accounts close that month with.",
                """
                with
                members as (
                    select account_id, month as cohort from marts.fct_mrr_monthly where new_mrr > 0
                ),
                closings as (
                    select cohort, month, sum(closing_mrr) as mrr, count_if(is_active) as accounts
                    from marts.fct_mrr_monthly inner join members using (account_id)
                    group by cohort, month
                )
                select t.cohort, t.age_months, t.retained_mrr, closings.mrr
                from batch as t
                left join closings
                    on closings.cohort = t.cohort
                    and closings.month = t.cohort + t.age_months * interval '1' month
                where t.cohort_grain = 'month' and t.segment_type = 'all' and (
                    t.retained_mrr <> coalesce(closings.mrr, 0)
                    or t.retained_accounts <> coalesce(closings.accounts, 0)
                )
                """,
            ),
        ),
    ),
    Suite(
        "marts.fct_churn_events",
        (
            unique_key("account_id", "churned_month"),
            law(
                "A churn event loses what its account's latest churned month lost.",
                """
                select t.account_id, t.churned_month, t.churned_mrr, ledger.churn_mrr
                from batch as t
                asof left join (select * from marts.fct_mrr_monthly where churn_mrr > 0) as ledger
                    on ledger.account_id = t.account_id and ledger.month <= t.churned_month
                where t.churned_mrr is distinct from ledger.churn_mrr or t.churned_mrr <= 0
                """,
            ),
            law(
                "Every account that goes to 0 has its churn event, unless it is paused or free"
                " under a contract in force.",
                """
                select ledger.account_id, ledger.month, ledger.churn_mrr
                from marts.fct_mrr_monthly as ledger
                left join batch as t
                    on ledger.account_id = t.account_id and ledger.month = t.churned_month
                where ledger.churn_mrr > 0 and not ledger.is_paused and t.account_id is null
                    and not exists (
                        select 1 from marts.fct_mrr_movements as movements
                        where movements.account_id = ledger.account_id
                            and movements.month = ledger.month and movements.driver = 'free'
                    )
                """,
            ),
            law(
                "A churn is dated within the month it is counted in, and not before the account's"
                " first MRR.",
                """
                select account_id, churned_month, churned_on, tenure_months from batch as t
                where tenure_months < 0 or churned_on > last_day(churned_month)
                """,
            ),
            law(
                "An account came back after a churn if, and only if, the ledger says so.",
                """
                select t.account_id, t.churned_month, t.is_reactivated_later
                from batch as t
                where t.is_reactivated_later <> exists (
                    select 1 from marts.fct_mrr_monthly as ledger
                    where ledger.account_id = t.account_id and ledger.month > t.churned_month
                        and ledger.closing_mrr > 0
                )
                """,
            ),
        ),
    ),
)
