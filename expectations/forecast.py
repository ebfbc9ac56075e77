"""Forecasts: probabilities are such, intervals surround their middle, and parts make the whole."""

from expectations.suite import ROUNDING, Suite, law, unique_key

CENT = 0.01

SUITES = (
    Suite(
        "marts.fct_renewals",
        (
            unique_key("subscription_id", "renewal_on"),
            law(
                "Probabilities lie within 0 and 1, and what is expected within nothing and what is"
                " up; of who has given notice nothing is.",
                """
                select * from batch as t
                where not policy_probability between 0 and 1
                    or not calibrated_probability between 0 and 1
                    or not expected_arr between 0 and arr_up
                    or not expected_arr_policy between 0 and arr_up
                    or (has_given_notice and expected_arr <> 0)
                """,
            ),
            law(
                "Renewed is at most what was up; lost is nothing; open has no outcome.",
                """
                select * from batch as t
                where not coalesce(renewed_arr between 0 and arr_up, outcome = 'open')
                    or (outcome = 'open') <> (renewed_arr is null)
                    or (outcome = 'lost' and renewed_arr + expansion_arr <> 0)
                    or (outcome <> 'renewed' and expansion_arr > 0)
                """,
            ),
            law(
                "A renewal is judged on a day before it, as of which its status has its odds.",
                """
                select status.health_status, status.policies
                from (
                    select health_status, count(distinct policy_probability) as policies
                    from batch as t group by health_status
                ) as status
                where status.policies <> 1
                union all
                select subscription_id, days_ahead from batch as t
                where days_ahead < 1 or forecast_on >= renewal_on
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_renewal_forecast",
        (
            unique_key("quarter", "touch_tier"),
            law(
                "The quarters hold every renewal: their ARR up is that of the renewals.",
                """
                select quarter, renewals.arr_up as of_renewals, t.arr_up
                from batch as t full join (
                    select cast(date_trunc('quarter', renewal_on) as date) as quarter,
                        sum(arr_up) as arr_up
                    from marts.fct_renewals group by 1
                ) as renewals using (quarter)
                where touch_tier is not distinct from 'all'
                    and renewals.arr_up is distinct from t.arr_up
                """,
            ),
        ),
    ),
    Suite(
        "marts.fct_mrr_forecast",
        (
            unique_key("forecast_month", "touch_tier"),
            law(
                "Intervals are ordered: p10 ≤ p50 ≤ p90, both ends or none.",
                """
                select * from batch as t
                where not p10 <= p50 or not p50 <= p90 or (p10 is null) <> (p90 is null)
                    or (p10 is null) <> (interval_status = 'insufficient_data')
                """,
            ),
            law(
                "It starts from what the customers pay, and keeps at most that without expansion.",
                f"""
                select forecast_month, touch_tier, starting_mrr, expected_grr, expected_nrr, mrr
                from batch as t
                cross join (select sum(mrr) as mrr from marts.dim_accounts)
                where (touch_tier = 'all' and abs(starting_mrr - mrr) > {CENT})
                    or not expected_grr between 0 and 1 + {ROUNDING}
                    or expected_nrr < expected_grr - {ROUNDING}
                """,
            ),
            law(
                "The forecast of the whole is the sum of its tiers at p50.",
                f"""
                select forecast_month,
                    sum(case when touch_tier = 'all' then p50 else -p50 end) as gap
                from batch as t group by forecast_month
                having abs(gap) > {CENT} * count(*)
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_forecast_backtest",
        (
            unique_key("made_on", "horizon_months", "touch_tier", "method"),
            law(
                "What came is what the MRR ledger closed with, of the customers of the day.",
                f"""
                select made_on, horizon_months, actual, ledger.mrr
                from batch as t inner join (
                    select last_day(opening.month) as made_on, closing.month as forecast_month,
                        sum(closing.closing_mrr) as mrr
                    from marts.fct_mrr_monthly as opening
                    inner join marts.fct_mrr_monthly as closing using (account_id)
                    where opening.closing_mrr > 0 and closing.is_complete_month
                    group by 1, 2
                ) as ledger using (made_on, forecast_month)
                where touch_tier = 'all' and abs(actual - ledger.mrr) > {CENT}
                """,
            ),
            law(
                "Errors and intervals say what their figures say; baselines have no interval.",
                f"""
                select * from batch as t
                where abs(actual - forecast - error) > {CENT}
                    or inside_p10_p90 is distinct from (actual between p10 and p90)
                    or (method <> 'model' and p10 is not null)
                    or not p10 <= forecast or not forecast <= p90
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_forecast_accuracy",
        (
            unique_key("published_on", "figure", "period"),
            law(
                "Accuracy lies within 0 and 1, where there is something to be accurate about.",
                """
                select * from batch as t
                where not accuracy between 0 and 1 or (accuracy is not null and actual is null)
                """,
            ),
        ),
    ),
)
