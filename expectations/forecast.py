"""Forecasts: they start from what customers pay, and are judged by what the ledger closed with."""

from expectations.suite import CENT, Suite, law

SUITES = (
    Suite(
        "marts.rpt_renewal_forecast",
        (
            law(
                "The ARR up for renewal in a quarter is that of its rows in fct_renewals.",
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
            law(
                "The outlook of a quarter and tier is that of its rows in fct_renewals.",
                """
                select quarter, t.touch_tier, t.secured_arr, t.lost_arr, t.at_risk_arr, renewals.*
                from batch as t inner join (
                    select cast(date_trunc('quarter', renewal_on) as date) as quarter,
                        touch_tier, sum(secured_arr) as secured, sum(lost_arr) as lost,
                        sum(case when is_at_risk then open_arr else 0 end) as at_risk
                    from marts.fct_renewals group by 1, 2
                ) as renewals using (quarter, touch_tier)
                where (t.secured_arr, t.lost_arr, t.at_risk_arr)
                    is distinct from (renewals.secured, renewals.lost, renewals.at_risk)
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_expansion_forecast",
        (
            law(
                "The pipeline is what fct_opportunities holds open, in each quarter and type.",
                """
                select quarter, opportunity_type, is_dated, t.open_amount, deals.open_amount
                from batch as t full join (
                    select quarter, opportunity_type, is_dated, sum(amount) as open_amount
                    from marts.fct_opportunities
                    where is_open and opportunity_type not in ('new', 'renewal')
                    group by 1, 2, 3
                ) as deals using (quarter, opportunity_type, is_dated)
                where coalesce(t.open_amount, 0) <> coalesce(deals.open_amount, 0)
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_renewal_calibration",
        (
            law(
                "The renewals of all bands are the decided ones of fct_renewals without notice.",
                """
                select touch_tier, probability_band, t.renewals, of_renewals.renewals as decided
                from batch as t
                left join (
                    select coalesce(touch_tier, 'all') as touch_tier, count(*) as renewals
                    from marts.fct_renewals
                    where outcome <> 'open' and not has_given_notice
                    group by rollup (touch_tier)
                ) as of_renewals using (touch_tier)
                where probability_band = 'all'
                    and t.renewals <> coalesce(of_renewals.renewals, 0)
                """,
            ),
        ),
    ),
    Suite(
        "marts.fct_mrr_forecast",
        (
            law(
                "The forecast starts from the MRR of dim_accounts.",
                f"""
                select forecast_month, touch_tier, starting_mrr, mrr
                from batch as t
                cross join (select sum(mrr) as mrr from marts.dim_accounts)
                where touch_tier = 'all' and abs(starting_mrr - mrr) > {CENT}
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_forecast_backtest",
        (
            law(
                "The actual of a past forecast is the closing MRR in fct_mrr_monthly of its day's"
                " customers.",
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
                where touch_tier = 'all' and figure = 'mrr' and abs(actual - ledger.mrr) > {CENT}
                """,
            ),
            law(
                "The actual GRR and NRR of a past forecast are those of fct_retention.",
                """
                select made_on, horizon_months, touch_tier, figure, actual, grr, nrr
                from batch as t inner join marts.fct_retention as retention
                    on retention.window_months = t.horizon_months
                    and retention.month = t.forecast_month
                    and retention.segment_type = 'all'
                where touch_tier = 'all' and figure <> 'mrr'
                    and abs(actual - case figure when 'grr' then grr else nrr end) > 1e-6
                """,
            ),
        ),
    ),
    Suite(
        "marts.dim_subscriptions",
        (
            law(
                "The subscriptions of an account sum to its MRR in dim_accounts.",
                """
                with summed as (
                    select account_id, sum(mrr) as subscriptions_mrr from batch group by account_id
                )
                select account_id, subscriptions_mrr, mrr
                from summed full join marts.dim_accounts using (account_id)
                where coalesce(subscriptions_mrr, 0) <> coalesce(mrr, 0)
                """,
            ),
            law(
                "Every subscription of fct_renewals is there.",
                """
                select subscription_id from marts.fct_renewals
                anti join batch using (subscription_id)
                """,
            ),
        ),
    ),
)
