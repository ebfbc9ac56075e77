"""Usage: months hang together, with themselves and with the ledger."""

from expectations.suite import Suite, law, unique_key

SUITES = (
    Suite(
        "marts.fct_usage_monthly",
        (
            unique_key("account_id", "month"),
            law(
                "A month has at most as many active days as days, and nothing in it is negative.",
                """
                select account_id, month, active_days from batch as t
                where active_days not between 0 and extract(day from last_day(month))
                    or least(licensed_users, seats, active_users, logins, feature_events,
                        features_used, hours_in_product) < 0
                """,
            ),
            law(
                "Without an active day nothing was done, and nothing was done without a feature.",
                """
                select account_id, month, active_days, logins, feature_events, features_used
                from batch as t
                where (active_days = 0
                        and greatest(active_users, logins, feature_events, features_used) > 0)
                    or (feature_events > 0 and features_used = 0)
                """,
            ),
            law(
                "From its first month on, an account has every month in which it pays.",
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
                "Seats are those of the ledger.",
                """
                select t.account_id, t.month, t.seats, ledger.seats as ledger_seats
                from batch as t
                inner join marts.fct_mrr_monthly as ledger using (account_id, month)
                where t.seats <> ledger.seats
                """,
            ),
        ),
    ),
)
