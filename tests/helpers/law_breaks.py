"""Changes to the demo's marts, each with the laws that it breaks, by `mart: law` or by test."""

from law_breaks_of_customer_success import BREAKS as OF_CUSTOMER_SUCCESS
from law_breaks_of_money import BREAKS as OF_MONEY
from law_breaks_of_money import LAST

OF_OTHERS = OF_CUSTOMER_SUCCESS | OF_MONEY
BREAKS = OF_OTHERS | {
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
