"""Changes to the demo's marts, each with the laws that it breaks, by `mart: law` or by test."""

import law_breaks_of_customer_success

A_PAYER = "(select min(account_id) from marts.dim_accounts where mrr > 0)"
LAST = "(select last_complete_month from intermediate.int_run_context)"
BREAKS = law_breaks_of_customer_success.BREAKS | {
    # accounts
    "update marts.dim_accounts set mrr = mrr + 1 where mrr > 0": (
        "dim_accounts: ARR is 12 times MRR",
        "dim_accounts: An account's MRR is the closing MRR",
        "fct_mrr_forecast: The forecast starts from the MRR of dim_accounts",
    ),
    "update marts.dim_accounts set status = 'trial' where mrr > 0": (
        "dim_accounts: An account that pays is active",
        "dim_accounts: A trial or prospect was never a customer",
    ),
    "update marts.dim_accounts set is_touch_overdue = false": (
        "dim_accounts: The touch of a dark account is overdue",
    ),
    "update marts.dim_labels set colour = 'red'": ("dim_labels: A colour is a hash",),
    "update marts.dim_accounts set last_touch_tier = null, last_arr = 1": (
        "dim_accounts: Only a churned account has a last tier",
        "dim_accounts: A churned account with a last ARR has its tier",
        "dim_accounts: A churned account's last tier, ARR and reason are",
    ),
    "update marts.dim_accounts set churned_on = null where status = 'churned'": (
        "dim_accounts: A churned account was a customer",
    ),
    "update marts.dim_accounts set churned_on = '2020-01-01'": (
        "dim_accounts: An active account has no day of churn",
        "dim_accounts: An account churned on the day",
    ),
    "update marts.dim_accounts set cohort_quarter = '2020-01-01'": (
        "dim_accounts: An account's first_mrr_month and cohort_quarter",
        "rpt_time_to_value: A cohort has no more journeys",
    ),
    "update marts.dim_accounts set touch_tier = 'x' where mrr > 0": (
        "dim_accounts: An account's tiers are those",
    ),
    "insert into marts.dim_accounts (account_id) select 'x' || i from range(99) as t (i)": (
        "dim_accounts: There are no more accounts than",
    ),
    "update marts.dim_accounts set arr = arr + 1 where mrr > 0": (
        "rpt_coverage_capacity: The investment tiers hold the accounts",
        "rpt_csm_books: A book holds the accounts",
        "rpt_segment_performance: The tiers of every scheme hold",
        "rpt_account_review: An account under review pays",
        "rpt_value_realization: Every account of dim_accounts that pays is there",
        "rpt_csm_worklist: An account is on the list of its CSM",
    ),
    "update marts.dim_accounts set days_since_touch = null, is_dark = true, watch = null": (
        "dim_accounts: Days since a touch count from its day",
        "dim_accounts: Only a paying account is dark or not",
        "dim_accounts: Exactly a paying account is watched or not",
    ),
    "update marts.dim_accounts set is_upgrade_candidate = null": (
        "dim_accounts: Exactly a paying account is an upgrade candidate or not",
    ),
    "update marts.dim_accounts set is_upgrade_candidate = true, cost_to_serve_12m = null": (
        "dim_accounts: No account of the highest tier is an upgrade candidate",
        "dim_accounts: Only a cost lies under, within or over its range",
    ),
    "update marts.dim_accounts set risk_level = null": (
        "dim_accounts: Exactly an active account has a risk",
    ),
    "update marts.dim_accounts set risk_level = 'none', notice_given_on = '2026-01-01',"
    " leaves_on = '2025-01-01'": (
        "dim_accounts: An account under notice is an emergency",
        "dim_accounts: An account leaves only after notice",
    ),
    "update marts.dim_accounts set notice_given_on = customer_since": (
        "dim_accounts: No account under notice has a lifetime",
    ),
    "update marts.dim_accounts set lifetime_years = 6, unused_seats = seats + 1": (
        "dim_accounts: Only an account that pays has a lifetime",
        "dim_accounts: Unused seats are part of the seats",
    ),
    # calendar
    "delete from marts.dim_dates where date_day = '2025-03-05'": ("assert_no_day_is_missing",),
    "update marts.dim_dates set is_complete_month = false where month = '2025-05-01'": (
        "assert_no_day_is_missing",
        "fct_mrr_monthly: A month is complete exactly where dim_dates says so",
        "fct_retention: A window ends with a month that is complete",
        "fct_cohort_retention: A cohort is shown only at ages that end with a month complete",
    ),
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
    # usage
    "update marts.fct_usage_monthly set active_days = 32": (
        "fct_usage_monthly: A month has no more active days than days",
    ),
    "update marts.fct_usage_monthly set logins = -1": (
        "fct_usage_monthly: Nothing in a month is below 0",
    ),
    "update marts.fct_usage_monthly set active_days = 0": (
        "fct_usage_monthly: Use happens on an active day",
    ),
    "update marts.fct_usage_monthly set features_used = 0": (
        "fct_usage_monthly: A feature event names a feature",
    ),
    "update marts.fct_usage_monthly set seats = seats + 1": ("fct_usage_monthly: Seats are those",),
    f"delete from marts.fct_usage_monthly where month = {LAST}": (
        "fct_usage_monthly: From its first month of use on",
    ),
    # segments
    "update marts.fct_account_segments set raw_touch_tier = null": (
        "fct_account_segments: A customer has a touch score and a tier of every scheme",
    ),
    "update marts.fct_account_segments set touch_score = 101": (
        "fct_account_segments: A touch score lies from 0 to 100",
    ),
    "update marts.fct_account_segments set is_strategic = true": (
        "fct_account_segments: A strategic account is high-touch",
    ),
    "update marts.fct_account_segments set effective_touch_tier = 'tech_touch'": (
        "fct_account_segments: A temporary upgrade covers an account one touch tier up",
    ),
    "update marts.fct_account_segments set arr = arr + 1": (
        "fct_account_segments: ARR is 12 times MRR",
    ),
    "update marts.fct_account_segments set cost_to_serve_12m = -1": (
        "fct_account_segments: Serving an account costs nothing or more",
        "rpt_segment_performance: The cost to serve of a tier is that of its accounts",
    ),
    "update marts.fct_account_segments set raw_touch_tier = 'x'": (
        "assert_a_tier_unlike_the_score_was_there_before",
    ),
    "update marts.fct_account_segments set investment_tier = 'strategic'": (
        "fct_account_segments: Of 50 customers or more, at most 50% are of the strategic",
        "assert_investment_tiers_follow_the_rule",
    ),
    "update marts.fct_segment_transitions set action = null, is_acted_on = true": (
        "fct_segment_transitions: Exactly a change of touch tier asks for an action",
        "fct_segment_transitions: Only an action is acted on",
    ),
    "update marts.fct_segment_transitions set action = 'assign_pooled'": (
        "fct_segment_transitions: An account moves up to people",
    ),
    "update marts.fct_segment_transitions set to_tier = 'x'": (
        "fct_segment_transitions: A transition is a change of tier",
        "fct_segment_transitions: An account's last transition of a scheme is in force",
    ),
    "insert into marts.fct_segment_transitions (account_id, month, scheme)"
    " select account_id, month, 'touch_tier' from marts.fct_account_segments": (
        "fct_segment_transitions: Of 50 customers or more, at most 50% change",
    ),
    "update marts.fct_invoices set amount_due = amount_due + 1 where currency = 'USD'": (
        "fct_invoices: An invoice in the reporting currency is billed",
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
    # value
    "update marts.rpt_time_to_value set accounts = accounts + 99, p90_days = 0": (
        "rpt_time_to_value: A journey reached its milestone",
        "rpt_time_to_value: Days need arrivals",
        "rpt_time_to_value: A cohort has no more journeys",
    ),
    "update marts.rpt_time_to_value set accounts = 1 where milestone = 'full_value'": (
        "rpt_time_to_value: constant_within",
        "rpt_time_to_value: parts_sum_to_all",
    ),
    "update marts.rpt_time_to_value set achieved = 1 where cohort_quarter is null": (
        "assert_journeys_of_all_cohorts_are_those_of_each",
    ),
    "update marts.fct_success_objectives set created_on = '2090-01-01', status = 'overdue',"
    " due_on = null, achieved_on = '2020-01-01', progress = 2": (
        "fct_success_objectives: An objective is agreed by as_of_date",
        "fct_success_objectives: Only an achieved objective has a day",
        "fct_success_objectives: An overdue objective is past its due date",
        "fct_success_objectives: Progress is the share of the way",
    ),
    "delete from marts.fct_success_objectives where status = 'achieved'": (
        "rpt_value_realization: The objectives of an account are those",
    ),
    "update marts.rpt_value_realization set achieved = 99, has_success_plan = null, roi = 9": (
        "rpt_value_realization: Achieved objectives are part of the plan",
        "rpt_value_realization: ROI is what value leaves",
    ),
    "update marts.rpt_value_realization set objectives = 0": (
        "rpt_value_realization: An account has a success plan exactly",
    ),
    "update marts.rpt_time_to_value set share_on_target = 1.5, target_days = null": (
        "rpt_time_to_value: Half are on target exactly",
        "rpt_time_to_value: A share on target lies from 0 to 1",
    ),
    "update marts.fct_onboarding set started_on = '2090-01-01', plan_agreed_on = null,"
    " adoption = null, criteria_met = 6, is_exit_met = true": (
        "fct_onboarding: Onboarding is judged after the start",
        "fct_onboarding: A criterion with a day is met from that day on",
        "fct_onboarding: Criteria with a value are known where the value is",
        "fct_onboarding: The exit is made only with all five criteria",
    ),
    "update marts.rpt_onboarding set completed_30_due = accounts + 1,"
    " is_completed_30_met = completed_30_rate < completed_30_target,"
    " trainings_done = trainings_planned + 1, onboarding_answers = 0,"
    " onboarding_csat_answers = 1": (
        "rpt_onboarding: A rate has customers whose day has passed",
        "rpt_onboarding: A rate meets its target where it has reached it",
        "rpt_onboarding: Trainings done are part of the planned",
        "rpt_onboarding: Scores rest on answers",
    ),
    "update marts.rpt_onboarding set accounts = accounts + 1 where touch_tier = 'all'": (
        "rpt_onboarding: parts_sum_to_all",
        "rpt_onboarding: The accounts of a quarter are those of fct_onboarding",
    ),
    "delete from marts.fct_success_objectives": (
        "fct_onboarding: A plan was agreed on the day of the first objective",
    ),
    # executive
    "update marts.rpt_executive_scorecard set value = value + 1, rating = null": (
        "rpt_executive_scorecard: Retention is that of fct_retention",
        "rpt_executive_scorecard: A change is the value less the previous value",
        "rpt_executive_scorecard: A figure with a status has a rating",
        "assert_status_shares_sum_to_the_scored_share",
    ),
    "update marts.rpt_executive_scorecard set status = 'yellow', direction = 'up'": (
        "rpt_executive_scorecard: A figure is green where its value has reached good",
        "rpt_executive_scorecard: A figure that is great is green",
        "rpt_executive_scorecard: The direction is that of the change",
    ),
    "delete from marts.rpt_executive_scorecard where figure = 'ces'": (
        "assert_every_figure_of_the_policy_is_on_the_scorecard",
    ),
    "update marts.rpt_scorecard_tiers set value = value + 1,"
    " display_change = '+-' || display_change": (
        "rpt_scorecard_tiers: A change is the value less the previous value",
        "rpt_scorecard_tiers: A change is shown with the sign of its direction",
        "rpt_scorecard_tiers: All tiers together are those of the scorecard",
        "rpt_scorecard_tiers: A tier at a month's end is that of the history",
    ),
    "update marts.rpt_scorecard_history set value = value + 1": (
        "rpt_scorecard_history: The latest month of the history",
    ),
    # quality
    "update quality.dq_reconciliation set accepted_rows = 0, rejected_rows = 1, raw_rows = 0": (
        "dq_reconciliation: Every raw row is accepted",
        "dq_reconciliation: The company has accounts and subscriptions",
        "dq_rejected_rows: Every table has as many rejected rows",
        "dq_invalid_values: No column has more values set to null",
    ),
    "update quality.dq_invalid_values set values_nulled = 0": (
        "dq_invalid_values: A column is listed only with values",
    ),
}
