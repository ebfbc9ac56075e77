"""Usage: the months of an account agree with the MRR ledger."""

from expectations.suite import Suite, law

SUITES = (
    Suite(
        "marts.fct_usage_monthly",
        (
            law(
                "From its first month of use on, an account has every month in which it pays in"
                " fct_mrr_monthly.",
                """
                with firsts as (
                    select account_id, min(month) as month from batch as t group by account_id
                )
                select ledger.account_id, ledger.month
                from marts.fct_mrr_monthly as ledger
                inner join firsts
                    on firsts.account_id = ledger.account_id and firsts.month <= ledger.month
                left join batch as t
                    on t.account_id = ledger.account_id and t.month = ledger.month
                where ledger.is_active and t.account_id is null
                """,
            ),
            law(
                "Seats are those of the month in fct_mrr_monthly.",
                """
                select account_id, month, t.seats, ledger.seats as ledger_seats
                from batch as t
                inner join marts.fct_mrr_monthly as ledger using (account_id, month)
                where t.seats <> ledger.seats
                """,
            ),
        ),
    ),
)
