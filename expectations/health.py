"""Health: every customer is scored, every score adds up, and none contradicts its parts."""

from expectations.suite import LARGE_BASE, ROUNDING, Suite, law, unique_key

SUITES = (
    Suite(
        "marts.fct_health_scores",
        (
            unique_key("snapshot_date", "account_id", "scheme"),
            law(
                "Every account that pays at a complete month's end has a score or is unscored then,"
                " under every scheme.",
                """
                with schemes as (select distinct scheme from batch as t)
                select ledger.account_id, ledger.month, schemes.scheme
                from marts.fct_mrr_monthly as ledger
                cross join schemes
                left join batch as t
                    on t.account_id = ledger.account_id and t.scheme = schemes.scheme
                    and t.snapshot_date = last_day(ledger.month)
                where ledger.closing_mrr > 0 and ledger.is_complete_month
                    and t.account_id is null
                """,
            ),
            law(
                "Nobody is scored at a month's end who does not pay then.",
                """
                select t.account_id, t.snapshot_date from batch as t
                left join marts.fct_mrr_monthly as ledger
                    on ledger.account_id = t.account_id and last_day(ledger.month) = t.snapshot_date
                where t.snapshot_date = last_day(t.snapshot_date)
                    and coalesce(ledger.closing_mrr, 0) = 0
                """,
            ),
            law(
                "A score lies from 0 to 100, and is unscored and grey exactly where there is none.",
                """
                select snapshot_date, account_id, scheme, health_score, health_status, health_colour
                from batch as t
                where not coalesce(health_score between 0 and 100, true)
                    or (health_score is null) <> (health_status = 'unscored')
                    or (health_score is null) <> (health_colour = 'grey')
                """,
            ),
            law(
                "A higher score never has a worse status.",
                """
                with bands as (
                    select health_status, min(health_score) as low, max(health_score) as high
                    from batch as t where health_score is not null group by health_status
                )
                select a.health_status, b.health_status as other, a.low, a.high
                from bands as a cross join bands as b
                where a.health_status < b.health_status and a.low <= b.high and b.low <= a.high
                """,
            ),
            law(
                "One scheme is in use, and it alone says what a score loses points on.",
                """
                select scheme, is_active_scheme, count(drivers) as told from batch as t
                group by scheme, is_active_scheme
                having (not is_active_scheme and count(drivers) > 0)
                    or (is_active_scheme and count(drivers) < count(*))
                    or (select count(distinct scheme) from batch as t where is_active_scheme) <> 1
                """,
            ),
            law(
                f"On a month's end with {LARGE_BASE} customers or more, most of them have a score,"
                " and not all the same.",
                f"""
                select snapshot_date, scheme, count(*) as customers, count(health_score) as scored
                from batch as t where snapshot_date = last_day(snapshot_date) and is_active_scheme
                group by snapshot_date, scheme
                having count(*) >= {LARGE_BASE} and (
                    count(health_score) < 0.5 * count(*)
                    or coalesce(min(health_score) = max(health_score), true)
                )
                """,
            ),
        ),
    ),
    Suite(
        "marts.fct_health_components",
        (
            law(
                "What the components contribute sums to the score.",
                f"""
                with sums as (
                    select snapshot_date, account_id, scheme, sum(contribution) as health
                    from batch as t group by all
                )
                select scores.account_id, scores.snapshot_date, scores.scheme,
                    scores.health_score, sums.health
                from marts.fct_health_scores as scores
                full join sums using (snapshot_date, account_id, scheme)
                where (scores.health_score is null) <> (sums.health is null)
                    or abs(scores.health_score - sums.health) > {ROUNDING} * 100
                """,
            ),
            law(
                "The components of an account weigh 1 together.",
                f"""
                select snapshot_date, account_id, scheme, sum(weight) as weight from batch as t
                group by all having abs(sum(weight) - 1) > {ROUNDING}
                """,
            ),
        ),
    ),
    Suite(
        "marts.fct_health_drivers",
        (
            law(
                "The points that the metrics lose sum to what the score lacks of 100.",
                f"""
                with sums as (
                    select snapshot_date, account_id, sum(points_lost) as lost,
                        sum(effective_weight) as weight
                    from batch as t group by all
                )
                select account_id, snapshot_date, scores.health_score, sums.lost, sums.weight
                from (select * from marts.fct_health_scores where is_active_scheme) as scores
                full join sums using (snapshot_date, account_id)
                where (scores.health_score is null) <> (sums.lost is null)
                    or abs(100 - scores.health_score - sums.lost) > {ROUNDING} * 100
                    or abs(sums.weight - 1) > {ROUNDING}
                """,
            ),
            law(
                "A driver is a metric that was measured, with the same score.",
                """
                select t.account_id, t.snapshot_date, t.metric from batch as t
                left join marts.fct_health_metrics as measured
                    using (snapshot_date, account_id, metric)
                where t.metric_score is distinct from measured.metric_score
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_health_validation",
        (
            law(
                "There are no more churns than observations, and an AUC lies from 0 to 1.",
                """
                select scheme, touch_tier, horizon_days, observations, churns, auc from batch as t
                where churns > observations or not coalesce(auc between 0 and 1, true)
                """,
            ),
            law(
                "The touch tiers' observations and churns sum to those of all.",
                """
                select scheme, horizon_days, observations, churns from batch as t
                where touch_tier = 'all' and (observations, churns) is distinct from (
                    select (sum(parts.observations), sum(parts.churns)) from batch as parts
                    where parts.touch_tier <> 'all' and parts.scheme = t.scheme
                        and parts.horizon_days = t.horizon_days
                )
                """,
            ),
        ),
    ),
)
