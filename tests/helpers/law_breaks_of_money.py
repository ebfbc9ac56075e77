"""Changes to marts of revenue, retention and forecast, each with the laws that it breaks."""

A_PAYER = "(select min(account_id) from marts.dim_accounts where mrr > 0)"
LAST = "(select last_complete_month from intermediate.int_run_context)"
BREAKS = {
    # revenue
    f"update marts.fct_mrr_monthly set closing_mrr = closing_mrr + 1 where month = {LAST}": (
        "fct_mrr_monthly: The movements close the month",
        "fct_mrr_monthly: ARR is 12 times MRR",
        "assert_each_month_continues_the_one_before",
        "fct_mrr_movements: The drivers of an account's month sum",
        "fct_account_segments: A customer's MRR and ARR tier are those",
        "fct_cohort_retention: A monthly cohort's MRR in a month",
        "rpt_forecast_backtest: The actual of a past forecast",
    ),
    "update marts.fct_mrr_monthly set churn_mrr = -1 where churn_mrr = 0": (
        "fct_mrr_monthly: An account moves in one way a month",
    ),
    "update marts.fct_mrr_monthly set is_active = not is_active": (
        "fct_mrr_monthly: Active means closing above 0",
        "fct_account_segments: Segments cover every account in every month",
        "fct_leading_indicators: An account with an indicator at a month's end",
        "fct_retention: A window's base is the closing MRR",
    ),
    "update marts.fct_mrr_movements set movement_type = 'new', amount = 1": (
        "fct_mrr_movements: The drivers of an account's month sum",
    ),
    f"delete from marts.fct_mrr_monthly where month >= {LAST} and account_id = {A_PAYER}": (
        "assert_each_month_continues_the_one_before",
        "fct_health_scores: At a month's end every account with MRR",
    ),
    "update marts.fct_mrr_monthly set new_mrr = opening_mrr where opening_mrr > 0": (
        "assert_each_month_continues_the_one_before",
        "fct_cohort_retention: The monthly cohorts hold every account that is new",
    ),
    "insert into marts.fct_mrr_monthly from marts.fct_mrr_monthly limit 1": (
        "fct_mrr_monthly: grain",
    ),
    "update marts.fct_mrr_monthly set closing_mrr = 50 * closing_mrr": (
        "fct_mrr_monthly: Total MRR does not change by a factor",
    ),
    "update marts.fct_mrr_monthly set churn_mrr = opening_mrr": (
        "fct_mrr_monthly: Of 50 paying accounts or more, at most 90%",
        "fct_retention: Over one month, churn, contraction and expansion",
        "fct_churn_events: Every account that goes to 0",
    ),
    "update marts.fct_mrr_monthly set reported_closing_mrr = 20 * closing_mrr": (
        "fct_mrr_monthly: MRR at the month's own exchange rates",
    ),
    # retention
    "update marts.fct_retention set ending_mrr = ending_mrr + 1": (
        "fct_retention: A base ends with its start",
        "fct_retention: Rates follow from the amounts",
    ),
    "update marts.fct_retention set grr = 1.2, nrr = null": (
        "fct_retention: GRR is at most 100 %",
        "fct_retention: Only an empty base has no rates",
        "rpt_retention_decomposition: A quarter has every segment of the 12 months",
    ),
    "update marts.fct_retention set paused_accounts = 1 + starting_accounts": (
        "fct_retention: Retained and paused accounts are part of the base",
    ),
    "update marts.fct_retention set is_leaky_bucket = true": (
        "fct_retention: Only windows of 12 months have verdicts",
    ),
    "update marts.fct_retention set is_small_sample = true": (
        "fct_retention: Only windows of 12 months have verdicts",
    ),
    "update marts.rpt_retention_decomposition set is_small_sample = true": (
        "rpt_retention_decomposition: Only a small sample has no verdict",
    ),
    "update marts.fct_retention set starting_accounts = 60 where segment_type = 'region'": (
        "fct_retention: parts_sum_to_all",
    ),
    "update marts.fct_retention set nrr = 11": ("fct_retention: NRR over one month stays below",),
    "update marts.fct_retention set grr = 0.1 where segment_type = 'csm'": (
        "rpt_csm_books: A book's retention is that of its CSM",
    ),
    "update marts.fct_retention set churn_mrr = churn_mrr + 1": (
        "rpt_leakage_points: The leaks of a quarter and segment",
    ),
    "update marts.fct_retention set nrr_verdict = 'critical' where nrr_verdict = 'healthy'": (
        "fct_retention: A rate is healthy exactly from its target on",
    ),
    "update marts.fct_retention set nrr_acceptable = nrr_target where nrr_verdict = 'concerning'": (
        "fct_retention: A rate is critical exactly below what is acceptable",
    ),
    "update marts.fct_retention set verdict_source = 'benchmarks' where segment_type = 'all'": (
        "fct_retention: Tiers are judged by benchmarks",
    ),
    "update marts.fct_cohort_retention set grr = 2": (
        "fct_cohort_retention: A cohort is whole at age 0",
        "fct_cohort_retention: GRR is at most 100 %",
    ),
    "update marts.fct_cohort_retention set retained_accounts = 1 + cohort_accounts": (
        "fct_cohort_retention: A cohort gains no accounts",
    ),
    "update marts.fct_cohort_retention set cohort_mrr = age_months": (
        "fct_cohort_retention: constant_within",
    ),
    "update marts.fct_churn_events set churned_mrr = 0, churned_on = '2090-01-01',"
    " ledger_month = '2090-01-01'": (
        "fct_churn_events: A churn loses MRR",
        "fct_churn_events: A churn loses what its account's latest churned month",
        "fct_churn_events: A churn comes by the end of its month",
        "fct_churn_events: The ledger shows the loss",
    ),
    "update marts.fct_churn_events set leading_indicator_base_rate = 1.1": (
        "fct_churn_events: The base rate of indicators lies from 0 to 1",
    ),
    "update marts.fct_churn_events set is_reactivated_later = not is_reactivated_later": (
        "fct_churn_events: An account is reactivated after a churn",
    ),
    "update marts.rpt_retention_decomposition set expansion_mrr = 1, headline = null": (
        "rpt_retention_decomposition: The drivers sum to the expansion",
        "rpt_retention_decomposition: A quarter has its headline",
    ),
    "update marts.rpt_retention_decomposition set churn_rate = 2": (
        "rpt_retention_decomposition: GRR is what churn and contraction leave",
    ),
    "update marts.rpt_leakage_points set rank = rank + 1, share_of_lost = 0.1, lost_mrr = 0": (
        "rpt_leakage_points: ranked",
        "rpt_leakage_points: sums_to_one",
        "rpt_leakage_points: A leak loses MRR",
    ),
    "update marts.rpt_leakage_points set driver = 'seats'": (
        "rpt_leakage_points: Contraction has its driver",
    ),
    "update marts.rpt_leakage_points set reason_category = 'contraction', grr = 0": (
        "rpt_leakage_points: The leaks of a quarter and segment",
        "rpt_leakage_points: A leak has the GRR of its quarter",
    ),
    "update marts.rpt_retention_decomposition set churned_accounts = churned_accounts + 1,"
    " preventable_share = 1.1": (
        "rpt_retention_decomposition: A churned account has a known reason or none",
        "rpt_retention_decomposition: Shares that were preventable need known reasons",
    ),
    "update marts.dim_accounts set is_opening_account = not is_opening_account": (
        "dim_accounts: An opening account is one with the driver opening",
    ),
    # forecast
    "update marts.fct_renewals set policy_probability = random() + 1": (
        "fct_renewals: Probabilities lie from 0 to 1",
        "fct_renewals: constant_within",
    ),
    "update marts.fct_renewals set expected_arr = arr_up + 1": (
        "fct_renewals: Expected ARR is part of the ARR",
        "fct_renewals: Nothing is expected once notice is given",
    ),
    "update marts.fct_renewals set renewed_arr = arr_up + 1, expansion_arr = 1": (
        "fct_renewals: Renewed ARR is part of the ARR that was up",
        "fct_renewals: Only an open renewal has no renewed ARR",
        "fct_renewals: A lost renewal brings nothing",
    ),
    "update marts.fct_renewals set days_ahead = 0, arr_up = arr_up + 1": (
        "fct_renewals: A renewal is forecast on a day before it",
        "rpt_renewal_forecast: The ARR up for renewal in a quarter",
    ),
    "update marts.fct_renewals set secured_arr = secured_arr + 1, is_early = false,"
    " signed_30_days_ahead = true, discount_cost = 1, is_multi_year_candidate = false": (
        "fct_renewals: What is secured, lost and open adds up",
        "fct_renewals: The outlook of a decided renewal is its outcome",
        "fct_renewals: Signed a month ahead is early",
        "fct_renewals: Only a candidate for a longer term has its cost",
        "rpt_renewal_forecast: The outlook of a quarter",
    ),
    "update marts.fct_renewals set expected_loss_arr = 1 + open_arr": (
        "fct_renewals: Open ARR is expected or lost",
    ),
    "update marts.fct_renewals set is_at_risk = true": (
        "fct_renewals: Only open ARR is expected or at risk",
    ),
    "update marts.rpt_renewal_forecast set arr_up = 1": (
        "rpt_renewal_forecast: parts_sum_to_all",
        "rpt_renewal_forecast: What is secured, lost and open adds up",
    ),
    "update marts.rpt_renewal_forecast set expected_open_arr = open_arr + 1, outlook_arr = 1": (
        "rpt_renewal_forecast: Only open ARR is expected or at risk",
        "rpt_renewal_forecast: The outlook of a decided quarter is its actual",
        "assert_todays_outlook_is_that_of_its_date",
    ),
    "update marts.rpt_renewal_forecast_history set arr_up = 1, at_risk_arr = open_arr + 1": (
        "rpt_renewal_forecast_history: parts_sum_to_all",
        "rpt_renewal_forecast_history: What is secured, lost and open adds up",
        "rpt_renewal_forecast_history: Only open ARR is expected or at risk",
    ),
    "update marts.rpt_expansion_forecast set lost = lost + 1, is_dated = false, win_rate = null": (
        "rpt_expansion_forecast: An opportunity is open, won or lost",
        "rpt_expansion_forecast: An opportunity without a date is open",
        "rpt_expansion_forecast: Only closed opportunities have a rate",
        "rpt_expansion_forecast: The pipeline is what fct_opportunities holds open",
    ),
    "update marts.fct_opportunities set is_open = not is_open, is_dated = false, amount = 1,"
    " expected_amount = 9, secondary_owner = primary_owner": (
        "fct_opportunities: An open opportunity is neither won nor lost",
        "fct_opportunities: Only an open opportunity is overdue",
        "fct_opportunities: The expected amount is the amount times",
        "fct_opportunities: Two teams are not the same",
    ),
    "update marts.rpt_renewal_calibration set renewed = renewals + 1, forecast_rate = -1,"
    " brier_score = 2": (
        "rpt_renewal_calibration: No more were renewed than were up",
        "rpt_renewal_calibration: A band without renewals has no rate",
        "rpt_renewal_calibration: The actual rate is renewed by renewals",
        "rpt_renewal_calibration: The forecast of a band lies in it",
        "rpt_renewal_calibration: Brier scores lie from 0 to 1",
        "rpt_renewal_calibration: parts_sum_to_all",
    ),
    "update marts.rpt_renewal_calibration set renewals = renewals + 1": (
        "rpt_renewal_calibration: The renewals of all bands are",
    ),
    "update marts.fct_mrr_forecast set p10 = p90 + 1, expected_grr = 2": (
        "fct_mrr_forecast: An interval is ordered",
        "fct_mrr_forecast: Expected GRR lies from 0 to 1",
    ),
    "update marts.fct_mrr_forecast set total_p10 = total_p50 + 1, interval_coverage = 2": (
        "fct_mrr_forecast: The intervals of new business and of the total are ordered",
        "fct_mrr_forecast: Coverage is a share of the tested intervals",
    ),
    "update marts.fct_mrr_forecast set new_business_p50 = 0, independent_origins = 999": (
        "fct_mrr_forecast: The intervals of new business and of the total are ordered",
        "fct_mrr_forecast: The total is existing and new customers",
        "fct_mrr_forecast: Independent forecasts are part of the past ones",
    ),
    "update marts.fct_mrr_forecast set p50 = p50 + 9": (
        "fct_mrr_forecast: parts_sum_to_all",
        "fct_mrr_forecast: The total is existing and new customers",
    ),
    "update marts.rpt_forecast_backtest set actual = actual + 1, inside_p10_p90 = null": (
        "rpt_forecast_backtest: The error is actual less forecast",
        "rpt_forecast_backtest: inside_p10_p90 says whether",
        "rpt_forecast_backtest: The actual of a past forecast",
        "rpt_forecast_backtest: The actual GRR and NRR of a past forecast",
        "rpt_forecast_backtest: GRR lies from 0 to 1",
    ),
    "update marts.rpt_forecast_backtest set forecast = 1, p10 = 2": (
        "rpt_forecast_backtest: Only the model has an interval",
        "rpt_forecast_backtest: parts_sum_to_all",
    ),
    "insert into marts.rpt_forecast_accuracy (accuracy) values (1.1)": (
        "rpt_forecast_accuracy: Accuracy needs an actual",
    ),
}
