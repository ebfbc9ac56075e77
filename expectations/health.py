"""Health: customers have a score that its parts explain, and signs that other marts bear out."""

from expectations.suite import LARGE_BASE, ROUNDING, Suite, band, law

SUITES = (
    Suite(
        "marts.fct_health_scores",
        (
            law(
                "At a month's end every account with MRR in fct_mrr_monthly has a row of every"
                " scheme, and no other account has one.",
                """
                with
                customers as (
                    select account_id, last_day(month) as snapshot_date, scheme
                    from marts.fct_mrr_monthly cross join (select distinct scheme from batch)
                    where closing_mrr > 0 and is_complete_month
                ),
                scores as (
                    select account_id, snapshot_date, scheme from batch
                    where snapshot_date = last_day(snapshot_date)
                )
                select snapshot_date, account_id, scheme, customers.scheme is not null as pays,
                    scores.scheme is not null as has_a_row
                from customers
                full join scores using (account_id, snapshot_date, scheme)
                where customers.scheme is null or scores.scheme is null
                """,
            ),
            law(
                "At a month's end the ARR beside a score is 12 times the closing MRR in"
                " fct_mrr_monthly.",
                """
                select account_id, snapshot_date, t.arr, ledger.closing_mrr
                from batch as t inner join marts.fct_mrr_monthly as ledger using (account_id)
                where t.snapshot_date = last_day(ledger.month) and ledger.is_complete_month
                    and t.arr is distinct from 12 * ledger.closing_mrr
                """,
            ),
            band(
                f"At a month's end with {LARGE_BASE} customers or more, at least half have a score,"
                " and not all the same, from the first on which half had one with evidence.",
                f"""
                with dates as (
                    select snapshot_date, scheme, count(*) as customers,
                        count(health_score) as scored,
                        count(*) filter (not is_low_confidence) as evidenced,
                        min(health_score) = max(health_score) as is_constant
                    from batch as t
                    where snapshot_date = last_day(snapshot_date) and is_active_scheme
                    group by snapshot_date, scheme
                )
                select snapshot_date, scheme, customers, scored from dates
                where customers >= {LARGE_BASE}
                    and (scored < 0.5 * customers or coalesce(is_constant, true))
                    and snapshot_date >= (
                        select min(snapshot_date) from dates where evidenced >= 0.5 * customers
                    )
                """,
            ),
        ),
    ),
    Suite(
        "marts.fct_health_components",
        (
            law(
                "Contributions sum to the score in fct_health_scores, weighted coverages to its"
                " coverage.",
                f"""
                with sums as (
                    select snapshot_date, account_id, scheme, sum(contribution) as contributions,
                        sum(weight * coverage) as coverage
                    from batch as t group by all
                )
                select account_id, snapshot_date, scheme, scores.health_score, sums.contributions,
                    scores.coverage, sums.coverage as weighted_coverage
                from marts.fct_health_scores as scores
                full join sums using (snapshot_date, account_id, scheme)
                where (scores.health_score is null) <> (sums.contributions is null)
                    or abs(scores.health_score - sums.contributions) > {ROUNDING} * 100
                    or not coalesce(abs(scores.coverage - sums.coverage) <= {ROUNDING}, false)
                """,
            ),
        ),
    ),
    Suite(
        "marts.fct_health_drivers",
        (
            law(
                "The points that metrics lose sum to what the score in fct_health_scores lacks of"
                " 100.",
                f"""
                with sums as (
                    select snapshot_date, account_id, sum(points_lost) as lost
                    from batch as t group by all
                )
                select account_id, snapshot_date, scores.health_score, sums.lost
                from (select * from marts.fct_health_scores where is_active_scheme) as scores
                full join sums using (snapshot_date, account_id)
                where (scores.health_score is null) <> (sums.lost is null)
                    or abs(100 - scores.health_score - sums.lost) > {ROUNDING} * 100
                """,
            ),
            law(
                "A driver is a metric of fct_health_metrics, with the same score.",
                """
                select account_id, snapshot_date, metric, t.metric_score,
                    measured.metric_score as measured_score
                from batch as t
                left join marts.fct_health_metrics as measured
                    using (snapshot_date, account_id, metric)
                where t.metric_score is distinct from measured.metric_score
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_health_mix",
        (
            law(
                "At a month's end the statuses of a segment type hold the accounts that pay in"
                " fct_mrr_monthly, and their ARR.",
                """
                with
                ledger as (
                    select last_day(month) as snapshot_date, count(*) as accounts, sum(arr) as arr
                    from marts.fct_mrr_monthly where is_active and is_complete_month group by all
                ),
                mix as (
                    select snapshot_date, segment_type, sum(accounts) as accounts, sum(arr) as arr
                    from batch as t where is_month_end group by all
                )
                select snapshot_date, mix.segment_type, mix.accounts, ledger.accounts as paying,
                    mix.arr, ledger.arr as arr_of_ledger
                from ledger full join mix using (snapshot_date)
                where mix.accounts is distinct from ledger.accounts
                    or mix.arr is distinct from ledger.arr
                """,
            ),
            law(
                "The accounts of a status are those of fct_health_scores under the scheme in use.",
                """
                with scores as (
                    select snapshot_date, health_status, count(*) as accounts
                    from marts.fct_health_scores where is_active_scheme group by all
                )
                select snapshot_date, health_status, t.accounts, scores.accounts as scored
                from (select * from batch where segment_type = 'all') as t
                full join scores using (snapshot_date, health_status)
                where coalesce(t.accounts, 0) <> coalesce(scores.accounts, 0)
                """,
            ),
            law(
                "The accounts of a status are those of the month-end before, with those that"
                " entered and without those that left, and rpt_health_moves has these.",
                """
                with
                moves as (
                    select month_end as snapshot_date, segment_type, segment, health_status,
                        accounts as entered, 0 as departed, arr as arr_entered, 0 as arr_left
                    from marts.rpt_health_moves where health_status <> previous_status
                    union all
                    select month_end, segment_type, segment, previous_status,
                        0, accounts, 0, previous_arr
                    from marts.rpt_health_moves where health_status <> previous_status
                ),
                changes as (
                    select snapshot_date, segment_type, segment, health_status,
                        sum(entered) as entered, sum(departed) as departed,
                        sum(arr_entered) as arr_entered, sum(arr_left) as arr_left
                    from moves group by all
                ),
                found as (
                    select t.*, before.accounts as accounts_before,
                        min(t.snapshot_date) over () as first_date
                    from (select * from batch where is_month_end) as t
                    left join batch as before
                        on before.snapshot_date = last_day(t.snapshot_date - interval 1 month)
                        and before.segment_type = t.segment_type
                        and before.segment = t.segment
                        and before.health_status = t.health_status
                )
                select found.*, changes.entered, changes.departed
                from found
                left join changes using (snapshot_date, segment_type, segment, health_status)
                where accounts_entered is not null and (
                        accounts <> coalesce(accounts_before, 0) + accounts_entered - accounts_left
                        or accounts_entered <> coalesce(changes.entered, 0)
                        or accounts_left <> coalesce(changes.departed, 0)
                        or found.arr_entered <> coalesce(changes.arr_entered, 0)
                        or found.arr_left <> coalesce(changes.arr_left, 0)
                    )
                    or accounts_entered is null and snapshot_date > first_date
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_stakeholder_coverage",
        (
            law(
                "Every account of dim_accounts that pays is there, with its ARR.",
                """
                select account_id, t.arr, accounts.arr as arr_of_account
                from batch as t
                full join (select * from marts.dim_accounts where mrr > 0) as accounts
                    using (account_id)
                where t.arr is distinct from accounts.arr
                """,
            ),
            law(
                "The contacts of an account are those of dim_contacts that are present.",
                """
                with present as (
                    select account_id, count(*) as contacts from marts.dim_contacts
                    where is_present group by account_id
                )
                select account_id, t.contacts, present.contacts as listed
                from batch as t left join present using (account_id)
                where t.contacts <> coalesce(present.contacts, 0)
                """,
            ),
        ),
    ),
    Suite(
        "marts.fct_leading_indicators",
        (
            law(
                "An account with an indicator at a month's end has MRR in fct_mrr_monthly.",
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
                "An account with a ticket spike has a ticket in fct_tickets by that date.",
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
                "A single-threaded customer has fewer contacts in dim_contacts than a customer"
                " that is not.",
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
    Suite(
        "marts.rpt_indicator_validation",
        (
            law(
                "An indicator has no more observations than month-ends of accounts with it in"
                " fct_leading_indicators.",
                """
                with shown as (
                    select indicator, count(*) as month_ends from marts.fct_leading_indicators
                    where snapshot_date = last_day(snapshot_date) group by indicator
                )
                select indicator, t.horizon_days, t.observations, shown.month_ends
                from batch as t left join shown using (indicator)
                where t.touch_tier = 'all' and t.observations > coalesce(shown.month_ends, 0)
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_satisfaction",
        (
            law(
                "A month's CSAT includes every rated ticket of fct_tickets that was solved in it.",
                """
                with rated as (
                    select cast(date_trunc('month', solved_at) as date) as month,
                        count(*) as tickets
                    from marts.fct_tickets where csat_score is not null group by 1
                )
                select rated.month, rated.tickets, t.responses
                from rated
                left join batch as t
                    on t.period = rated.month and t.period_grain = 'month'
                    and t.touch_tier = 'all' and t.survey_type = 'csat'
                where rated.month >= (select min(month) from marts.fct_mrr_monthly)
                    and coalesce(t.responses, 0) < rated.tickets
                """,
            ),
        ),
    ),
    Suite(
        "marts.fct_survey_answers",
        (
            law(
                "The answers of a month have the score of rpt_satisfaction, in all and by touch"
                " tier.",
                """
                with
                answers as (
                    select date_trunc('month', answered_on) as period,
                        unnest(['all', touch_tier]) as touch_tier, survey_type, score_points
                    from batch
                ),
                scores as (
                    select period, touch_tier, survey_type, count(*) as answers,
                        avg(score_points) as mean_points
                    from answers group by all
                ),
                satisfaction as (
                    select * from marts.rpt_satisfaction where period_grain = 'month'
                )
                select period, touch_tier, survey_type, answers, responses, mean_points, score
                from scores full join satisfaction using (period, touch_tier, survey_type)
                where answers is distinct from responses
                    or coalesce(abs(mean_points - score) > 1e-9, true)
                """,
            ),
        ),
    ),
)
