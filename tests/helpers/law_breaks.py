"""Changes to the demo's marts, each with the laws that it breaks, by `mart: law` or by test."""

A_PAYER = "(select min(account_id) from marts.dim_accounts where mrr > 0)"
LAST = "(select last_complete_month from intermediate.int_run_context)"
BREAKS = {
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
    "update marts.fct_account_segments set raw_touch_tier = 'x'": (
        "assert_a_tier_unlike_the_score_was_there_before",
    ),
    "update marts.fct_account_segments set investment_tier = 'strategic'": (
        "fct_account_segments: Of 50 customers or more, at most 50% are of the strategic",
    ),
    "update marts.fct_segment_transitions set to_tier = 'x'": (
        "fct_segment_transitions: A transition is a change of tier",
        "fct_segment_transitions: An account's last transition of a scheme is in force",
    ),
    "insert into marts.fct_segment_transitions (account_id, month, scheme)"
    " select account_id, month, 'touch_tier' from marts.fct_account_segments": (
        "fct_segment_transitions: Of 50 customers or more, at most 50% change",
    ),
    # health
    "update marts.fct_health_scores set health_score = 170": (
        "fct_health_scores: A score lies from 0 to 100",
        "fct_health_components: Contributions sum to the score",
        "fct_health_drivers: The points that metrics lose sum",
        "fct_health_scores: At a month's end with 50 customers or more",
        "rpt_executive_scorecard: Retention is that of fct_retention",
    ),
    "update marts.fct_health_scores set health_score = null where health_score > 60": (
        "fct_health_scores: Only an account without a score is without coverage",
    ),
    "update marts.fct_health_scores set health_colour = 'grey' where health_status = 'stable'": (
        "fct_health_scores: Only an account with low confidence is unscored and grey",
    ),
    "update marts.fct_health_scores set health_status = 'healthy' where health_status = 'stable'"
    " and health_score < 65": ("assert_higher_scores_never_have_a_worse_status",),
    "update marts.fct_health_scores set health_score = 59;"
    " update marts.fct_retention set logo_retention = 0.95": (
        "warn_low_scores_of_customers_who_stay",
    ),
    "update marts.fct_health_scores set drivers = 'x'": (
        "fct_health_scores: Drivers are given under the scheme in use",
    ),
    "update marts.fct_health_scores set is_active_scheme = true": (
        "assert_one_health_scheme_is_in_use",
    ),
    "delete from marts.fct_health_scores where snapshot_date <> last_day(snapshot_date)": (
        "assert_accounts_are_scored_between_month_ends",
    ),
    "update marts.fct_health_components set weight = 2 * weight": (
        "fct_health_components: sums_to_one",
    ),
    "update marts.fct_health_drivers set driver_rank = driver_rank + 1": (
        "fct_health_drivers: ranked",
    ),
    "update marts.fct_health_drivers set effective_weight = 2 * effective_weight": (
        "fct_health_drivers: sums_to_one",
        "fct_health_drivers: Points lost are the weight times",
    ),
    "update marts.fct_health_metrics set metric_score = 1": (
        "fct_health_drivers: A driver is a metric of fct_health_metrics",
        "assert_silent_accounts_score_0_on_usage",
    ),
    "update marts.rpt_health_validation set churns = observations + 1": (
        "rpt_health_validation: Churns are part of the observations",
        "rpt_health_validation: parts_sum_to_all",
    ),
    "update marts.rpt_health_validation set is_best = true": (
        "rpt_health_validation: The best scheme has enough churns",
        "assert_at_most_one_scheme_is_best",
    ),
    "update marts.rpt_indicator_validation set churns = observations + 1, lift = lift + 1": (
        "rpt_indicator_validation: Churns are part of the observations",
        "rpt_indicator_validation: Precision is the share of the observations that churned",
        "rpt_indicator_validation: Lift is precision against the base rate",
        "rpt_indicator_validation: A lead lies within the horizon",
        "rpt_indicator_validation: parts_sum_to_all",
    ),
    "delete from marts.fct_leading_indicators": (
        "rpt_indicator_validation: An indicator has no more observations",
    ),
    "update marts.fct_leading_indicators set evidence = ' '": (
        "fct_leading_indicators: An indicator has its evidence",
    ),
    "delete from marts.fct_tickets": (
        "fct_leading_indicators: An account with a ticket spike has a ticket",
    ),
    "update marts.dim_contacts set is_present = not is_present": (
        "dim_contacts: A contact is present until departure",
        "fct_leading_indicators: A single-threaded customer has fewer contacts",
    ),
    "update marts.rpt_health_mix set accounts = accounts + 1 where segment_type = 'all'": (
        "rpt_health_mix: A status without accounts has no ARR",
        "rpt_health_mix: parts_sum_to_all",
        "rpt_health_mix: At a month's end the statuses of a segment type",
        "rpt_health_mix: The accounts of a status are those",
    ),
    "update marts.rpt_stakeholder_coverage set missing_roles = 1, strong_contacts = 99": (
        "rpt_stakeholder_coverage: An account lists what is missing exactly",
        "rpt_stakeholder_coverage: Strong contacts are part of the contacts",
    ),
    "update marts.rpt_stakeholder_coverage set contacts = contacts + 1, arr = 0": (
        "rpt_stakeholder_coverage: Every account of dim_accounts that pays is there",
        "rpt_stakeholder_coverage: The contacts of an account are those",
    ),
    "update marts.fct_activities set status = 'scheduled', completed_on = '2090-01-01'": (
        "fct_activities: An activity is completed on a day",
        "fct_activities: A touch is completed by as_of_date",
        "dim_accounts: An account's last touch",
    ),
    "update marts.fct_tickets set created_at = '2090-01-01'": (
        "fct_tickets: Nothing of a ticket comes after as_of_date",
    ),
    "update marts.fct_tickets set solved_at = null": (
        "fct_tickets: Only a solved ticket is rated",
        "fct_tickets: Hours are given for what has happened",
    ),
    "update marts.rpt_satisfaction set score = 200": (
        "rpt_satisfaction: A score lies on its scale",
    ),
    "update marts.rpt_satisfaction set responses = 1": (
        "rpt_satisfaction: parts_sum_to_all",
        "assert_longer_periods_have_the_answers_of_their_months",
        "rpt_satisfaction: A month's CSAT includes every rated ticket",
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
        "rpt_leakage_points: The leaks by each tier scheme",
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
    "update marts.fct_churn_events set churned_mrr = 0, churned_on = '2090-01-01'": (
        "fct_churn_events: A churn loses MRR",
        "fct_churn_events: A churn loses what its account's latest churned month",
        "fct_churn_events: A churn comes by the end of its month",
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
    "update marts.rpt_leakage_points set reason_category = 'contraction'": (
        "rpt_leakage_points: The drivers of contraction are all the contraction",
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
    "update marts.rpt_renewal_forecast set arr_up = 1": ("rpt_renewal_forecast: parts_sum_to_all",),
    "update marts.fct_mrr_forecast set p10 = p90 + 1, expected_grr = 2": (
        "fct_mrr_forecast: An interval is ordered",
        "fct_mrr_forecast: Expected GRR lies from 0 to 1",
    ),
    "update marts.fct_mrr_forecast set p50 = p50 + 9": ("fct_mrr_forecast: parts_sum_to_all",),
    "update marts.rpt_forecast_backtest set actual = actual + 1, inside_p10_p90 = null": (
        "rpt_forecast_backtest: The error is actual less forecast",
        "rpt_forecast_backtest: inside_p10_p90 says whether",
        "rpt_forecast_backtest: The actual of a past forecast",
    ),
    "update marts.rpt_forecast_backtest set forecast = 1, p10 = 2": (
        "rpt_forecast_backtest: Only the model has an interval",
        "rpt_forecast_backtest: parts_sum_to_all",
    ),
    "insert into marts.rpt_forecast_accuracy (accuracy) values (1.1)": (
        "rpt_forecast_accuracy: Accuracy lies from 0 to 1",
    ),
    # coverage
    "update marts.rpt_coverage_capacity set should_hire = true": (
        "rpt_coverage_capacity: A tier that should hire has a reason",
    ),
    "update marts.rpt_coverage_capacity set csm_count = 0, accounts = accounts + 1": (
        "rpt_coverage_capacity: No CSM counts as more than one",
        "rpt_coverage_capacity: The investment tiers share out the CSMs",
        "rpt_coverage_capacity: The investment tiers hold the accounts",
    ),
    "update marts.rpt_csm_books set accounts = 9, at_risk_arr = arr + 1, cost_to_serve = 1": (
        "rpt_csm_books: The health statuses of a book",
        "rpt_csm_books: What is at risk or up for renewal",
        "rpt_csm_books: Serving all accounts costs the same",
    ),
    "update intermediate.int_account_costs set owner_cost = 2 * owner_cost": (
        "assert_owners_cost_no_more_than_they_are_paid",
    ),
    "update marts.rpt_segment_performance set share_of_arr = null, share_of_accounts = 1": (
        "rpt_segment_performance: sums_to_one",
        "rpt_segment_performance: A tier with accounts has its shares",
    ),
    "update marts.rpt_segment_performance set stable_share = 0": (
        "rpt_segment_performance: The shares by health status sum to 1",
    ),
    "update marts.rpt_account_review set reasons = ' ', cost_to_serve_12m = -1": (
        "rpt_account_review: A review meets a criterion",
        "rpt_account_review: Tickets are part of the cost to serve",
        "rpt_account_review: The rate is cost to serve divided by ARR",
    ),
    "update marts.dim_team_members set left_on = '2000-01-01'": (
        "dim_team_members: Nobody leaves before the day of hire",
    ),
    # playbooks
    "update marts.fct_expansion_signals set evidence = ' '": (
        "fct_expansion_signals: A signal has its label and its evidence",
    ),
    "update marts.fct_expansion_signals set account_id = 'x'": (
        "fct_expansion_signals: An account with a signal at a month's end",
    ),
    "update marts.fct_playbook_triggers set closed_on = opened_on": (
        "fct_playbook_triggers: A trigger is open until it closes",
    ),
    "update marts.fct_playbook_triggers set closed_by = null": (
        "fct_playbook_triggers: A trigger says what closed it",
    ),
    "update marts.fct_playbook_triggers set times_reopened = times_reopened + 1": (
        "fct_playbook_triggers: A trigger that was reopened opened again later",
    ),
    "update intermediate.int_health_active_scheme set evidenced_score = null": (
        "assert_triggers_by_health_open_with_evidence",
    ),
    "update marts.fct_playbook_triggers set closed_on = '2090-01-01'": (
        "fct_playbook_triggers: A trigger opens and closes by as_of_date",
        "assert_triggers_of_a_playbook_do_not_overlap",
    ),
    "update marts.fct_playbook_triggers set is_provisional = true, evidence = ''": (
        "fct_playbook_triggers: A provisional trigger opened on as_of_date",
        "fct_playbook_triggers: A trigger has its evidence",
    ),
    "update marts.fct_playbook_triggers set is_open = true": (
        "fct_playbook_triggers: No trigger is open for an account that dim_accounts calls churned",
    ),
    "update marts.fct_playbook_tasks set due_on = due_on - 400": (
        "fct_playbook_tasks: A task falls due while its trigger",
        "assert_task_status_follows_from_its_dates",
        "rpt_playbook_compliance: The tasks of a month are those of fct_playbook_tasks",
    ),
    "update marts.rpt_playbook_compliance set basis = 'exits', exits = 99": (
        "rpt_playbook_compliance: Each exit of a month counts once",
        "rpt_playbook_compliance: Tasks are the basis",
    ),
    "update marts.rpt_playbook_compliance set tasks = 99, compliance = 0.5, skipped_rate = 1.5": (
        "rpt_playbook_compliance: Each task of a month counts once",
        "rpt_playbook_compliance: Compliance is the share on time",
        "rpt_playbook_compliance: Tasks completed and tasks skipped",
    ),
    "update marts.rpt_csm_worklist set priority_rank = 9, arr_at_risk = arr + 1": (
        "rpt_csm_worklist: ranked",
        "rpt_csm_worklist: ARR at risk is part of the ARR",
    ),
    "update marts.rpt_csm_worklist set due_on = '2020-01-01'": (
        "rpt_csm_worklist: A line's trigger is open",
    ),
    "update marts.rpt_csm_worklist set band = 'this_week'": (
        "rpt_csm_worklist: A line is of the band now exactly where it has a fact",
        "rpt_csm_worklist: A line of this_week has a step",
        "rpt_csm_worklist: An account that pays has a line of the band now",
        "rpt_csm_worklist: A list has the lines that rpt_csm_books counts",
    ),
    "update marts.rpt_csm_worklist set steps_due = 0": (
        "rpt_csm_worklist: A line with a step has its days overdue",
    ),
    "update marts.fct_playbook_tasks set is_superseded = not is_superseded": (
        "assert_superseded_steps_have_a_later_one_done",
        "rpt_csm_worklist: A line's step waits for its CSM",
        "rpt_csm_worklist: Of the accounts with a step left",
    ),
    "update marts.rpt_csm_books set cut_lines = cut_lines + accounts + 1": (
        "rpt_csm_books: An account of the book is in one band",
        "rpt_csm_worklist: A list has the lines that rpt_csm_books counts",
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
    # executive
    "update marts.rpt_executive_scorecard set value = value + 1, assessment = null": (
        "rpt_executive_scorecard: Retention is that of fct_retention",
        "rpt_executive_scorecard: A change is the value less the previous value",
        "rpt_executive_scorecard: A value with a benchmark has an assessment",
        "assert_status_shares_sum_to_the_scored_share",
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
