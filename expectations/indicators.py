"""Leading indicators: each holds for a customer, and what other marts know bears it out."""

from expectations.suite import Suite, law, unique_key

SUITES = (
    Suite(
        "marts.fct_leading_indicators",
        (
            unique_key("snapshot_date", "account_id", "indicator"),
            law(
                "Every indicator says what shows it, and how severe it is.",
                """
                select snapshot_date, account_id, indicator, severity, evidence from batch as t
                where coalesce(trim(evidence), '') = '' or severity is null
                """,
            ),
            law(
                "Who shows an indicator at a month's end pays.",
                """
                select t.snapshot_date, t.account_id, t.indicator, ledger.closing_mrr
                from batch as t
                left join marts.fct_mrr_monthly as ledger
                    on ledger.account_id = t.account_id
                    and ledger.month = date_trunc('month', t.snapshot_date)
                where t.snapshot_date = last_day(t.snapshot_date)
                    and ledger.is_active is distinct from true
                """,
            ),
            law(
                "Where tickets spike, one was opened by then.",
                """
                select snapshot_date, account_id, evidence from batch as t
                where indicator = 'ticket_spike' and not exists (
                    select 1 from marts.fct_tickets as tickets
                    where tickets.account_id = t.account_id
                        and cast(tickets.created_at as date) <= t.snapshot_date
                )
                """,
            ),
            law(
                "Who is single-threaded today has fewer contacts than any customer who is not.",
                """
                with
                today as (
                    select account_id from batch as t
                    where indicator = 'single_threaded' and snapshot_date = (
                        select as_of_date from intermediate.int_run_context
                    )
                ),
                counted as (
                    select accounts.account_id, today.account_id is not null as is_single_threaded,
                        count(*) filter (contacts.is_present) as contacts
                    from marts.dim_accounts as accounts
                    left join today on today.account_id = accounts.account_id
                    left join marts.dim_contacts as contacts
                        on contacts.account_id = accounts.account_id
                    where accounts.mrr > 0
                    group by all
                )
                select account_id, contacts from counted
                where is_single_threaded and contacts >= (
                    select min(contacts) from counted where not is_single_threaded
                )
                """,
            ),
        ),
    ),
)
