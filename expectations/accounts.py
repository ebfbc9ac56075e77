"""Accounts: the one row of an account agrees with its history."""

from expectations.suite import Suite, law, unique_key

SUITES = (
    Suite(
        "marts.dim_accounts",
        (
            unique_key("account_id"),
            law(
                "An account's MRR is what its latest month closed with.",
                """
                with latest as (
                    select account_id, closing_mrr, seats from marts.fct_mrr_monthly
                    qualify month = max(month) over (partition by account_id)
                )
                select account_id, t.mrr, latest.closing_mrr
                from batch as t full join latest using (account_id)
                where t.mrr is distinct from coalesce(latest.closing_mrr, 0)
                """,
            ),
            law(
                "The accounts' MRR sums to what the latest month closed with.",
                """
                with
                accounts as (select coalesce(sum(mrr), 0) as mrr from batch as t),
                closings as (
                    select coalesce(sum(closing_mrr), 0) as mrr from marts.fct_mrr_monthly
                    where month = (select max(month) from marts.fct_mrr_monthly)
                )
                select accounts.mrr, closings.mrr from accounts cross join closings
                where accounts.mrr <> closings.mrr
                """,
            ),
            law(
                "First MRR month and cohort quarter are those of the ledger.",
                """
                with firsts as (
                    select account_id, min(month) as month from marts.fct_mrr_monthly
                    where closing_mrr > 0 group by account_id
                )
                select account_id, t.first_mrr_month, firsts.month, t.cohort_quarter
                from batch as t full join firsts using (account_id)
                where t.first_mrr_month is distinct from firsts.month
                    or t.cohort_quarter is distinct from
                        cast(date_trunc('quarter', firsts.month) as date)
                """,
            ),
            law(
                "ARR is 12 times MRR; who pays is active; who churned paid once, pays nothing, and"
                " has the day of it.",
                """
                select account_id, status, mrr, arr, first_mrr_month, churned_on from batch as t
                where arr <> 12 * mrr
                    or (mrr > 0 and status <> 'active')
                    or (status = 'churned' and (
                        mrr <> 0 or customer_since is null or churned_on is null
                    ))
                    or (status = 'active' and churned_on is not null)
                    or (status in ('trial', 'prospect') and customer_since is not null)
                """,
            ),
            law(
                "A churned account's day is that of its latest churn event, or of a brief stay"
                " after it.",
                """
                with latest as (
                    select account_id, max(churned_on) as churned_on from marts.fct_churn_events
                    group by account_id
                )
                select account_id, t.churned_on, latest.churned_on as event_on
                from batch as t left join latest using (account_id)
                where t.churned_on < latest.churned_on
                    or (
                        t.churned_on is not null and t.first_mrr_month is not null
                        and latest.churned_on is null
                    )
                """,
            ),
            law(
                "An account's tiers are those of its latest month.",
                """
                with latest as (
                    select * from marts.fct_account_segments
                    where month = (select max(month) from marts.fct_mrr_monthly)
                )
                select account_id, t.arr_tier, t.touch_tier, t.investment_tier
                from batch as t left join latest using (account_id)
                where t.arr_tier is distinct from latest.arr_tier
                    or t.touch_tier is distinct from latest.touch_tier
                    or t.investment_tier is distinct from latest.investment_tier
                """,
            ),
            law(
                "No account is told of that the CRM did not send.",
                """
                select count(*) as accounts, any_value(accepted_rows) as accepted
                from batch as t
                cross join (
                    select sum(accepted_rows) as accepted_rows from quality.dq_reconciliation
                    where source_system = 'crm' and table_name = 'accounts'
                )
                having count(*) > any_value(accepted_rows)
                """,
            ),
        ),
    ),
    Suite(
        "marts.dim_team_members",
        (
            unique_key("member_id"),
            law(
                "Nobody leaves before being hired.",
                """
                select member_id, hired_on, left_on from batch as t
                where left_on < hired_on
                """,
            ),
        ),
    ),
)
