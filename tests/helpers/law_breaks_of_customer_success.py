"""Changes to the marts of health, coverage and playbooks, each with the laws that it breaks."""

BREAKS = {
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
    "update marts.fct_health_scores set arr = 0": (
        "fct_health_scores: A score is of a paying account",
        "fct_health_scores: At a month's end the ARR beside a score is 12 times",
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
        "rpt_account_review: The support cost of an account under review",
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
        "rpt_health_mix: The accounts of a status are those of fct_health_scores",
    ),
    "update marts.rpt_health_mix set accounts_entered = 1 + accounts": (
        "rpt_health_mix: Accounts that entered are some of those there",
        "rpt_health_mix: Moves are known at month-ends",
        "rpt_health_mix: The accounts of a status are those of the month-end before",
    ),
    "update marts.rpt_health_moves set accounts = 0, arr = 0": (
        "rpt_health_moves: A row has accounts",
        "rpt_health_moves: Accounts have ARR exactly",
        "rpt_health_mix: The accounts of a status are those of the month-end before",
    ),
    "update marts.rpt_stakeholder_coverage set missing_roles = 1, strong_contacts = 99": (
        "rpt_stakeholder_coverage: An account lists what is missing exactly",
        "rpt_stakeholder_coverage: Strong contacts are part of the contacts",
    ),
    "update marts.rpt_stakeholder_coverage set overdue_levels = 0, levels_overdue = 'manager',"
    " sponsor_assigned = true": (
        "rpt_stakeholder_coverage: An account lists the levels that wait exactly",
        "rpt_stakeholder_coverage: A sponsor is somebody",
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
    "update marts.fct_tickets set handling_cost = -1": (
        "fct_tickets: A ticket costs something or nothing",
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
    # coverage
    "update marts.rpt_coverage_capacity set should_hire = true": (
        "rpt_coverage_capacity: A tier that should hire has a reason",
    ),
    "update marts.rpt_coverage_capacity set csm_count = 0, accounts = accounts + 1": (
        "rpt_coverage_capacity: No CSM counts as more than one",
        "rpt_coverage_capacity: The investment tiers share out the CSMs",
        "rpt_coverage_capacity: The investment tiers hold the accounts",
    ),
    "update marts.rpt_coverage_capacity set required_csms = required_csms + 9": (
        "rpt_coverage_capacity: The accounts and CSMs required are those of one of the rules",
    ),
    "update marts.rpt_coverage_capacity set under_accounts = accounts + 1": (
        "rpt_coverage_capacity: An account is under, within or over its investment once",
        "rpt_coverage_capacity: Accounts under, within and over their investment are those",
    ),
    "update marts.rpt_segment_performance set upgrade_candidates = accounts + 1": (
        "rpt_segment_performance: The upgrade candidates are accounts of the tier",
        "rpt_segment_performance: The upgrade candidates of every scheme are those",
    ),
    "update marts.rpt_org_plan set required_csms = 99, csm_count = 0": (
        "rpt_org_plan: The need is that of ARR or of accounts",
        "rpt_org_plan: The cost is that of the CSMs needed",
        "rpt_org_plan: The team is that of today",
        "rpt_org_plan: No tier needs or costs more than all",
    ),
    "update marts.rpt_org_plan set binding = 'accounts', manager_reason = null": (
        "rpt_org_plan: The binding measure asks",
        "rpt_org_plan: A tier that needs a manager has a reason",
    ),
    "update marts.rpt_org_plan set required_csms = null where scenario = 'p50'": (
        "rpt_org_plan: The middle scenario is always known",
    ),
    "update marts.rpt_org_plan set accounts_today = 9, csm_count_today = 9": (
        "rpt_org_plan: The plan starts from the accounts",
    ),
    "update marts.rpt_org_plan set all_cost = all_cost + 1": (
        "assert_all_tiers_of_a_plan_are_their_sum",
    ),
    "update marts.rpt_org_plan set arr = 3 * arr where scenario = 'p50'": (
        "rpt_org_plan: Within a year, today's accounts",
        "assert_scenarios_of_a_plan_are_ordered",
    ),
    "update marts.rpt_csm_books set accounts = 9, at_risk_arr = arr + 1, cost_to_serve = 1": (
        "rpt_csm_books: The health statuses of a book",
        "rpt_csm_books: What is at risk or up for renewal",
        "rpt_csm_books: Serving all accounts costs the same",
    ),
    "update marts.rpt_csm_attainment set is_hired_in_year = true": (
        "rpt_csm_attainment: A CSM who was hired in the year has no opening book",
    ),
    "update marts.rpt_csm_attainment set attainment = 9, book_nrr = book_grr - 0.1": (
        "rpt_csm_attainment: An attainment lies between",
        "rpt_csm_attainment: GRR counts no expansion",
        "rpt_csm_attainment: A CSM's results are those of the book",
    ),
    "update marts.rpt_org_stage set value = -1, met_since = date '2020-01-01',"
    " verdict = 'below_range'": (
        "rpt_org_stage: No value is below 0",
        "rpt_org_stage: Only a role has a day",
        "rpt_org_stage: A role is due or in place",
        "rpt_org_stage: A point of retention is",
    ),
    "update marts.rpt_org_stage set verdict = 'within'": (
        "rpt_org_stage: A value lies to its range",
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
    "update marts.fct_expansion_signals set action = ''": (
        "fct_expansion_signals: A signal has its type and its action",
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
    "update marts.fct_playbook_triggers set owner_role = null": (
        "fct_playbook_triggers: An open trigger has an action and the role that owns it",
    ),
    "update marts.fct_playbook_tasks set risk_level = 'none'": (
        "fct_playbook_tasks: Every task of a renewal has the risk on its day",
        "assert_low_touch_renewals_ask_one_step_of_a_csm",
    ),
    "update marts.fct_playbook_tasks set owner_role = 'csm'": (
        "assert_tech_touch_is_left_to_automation",
    ),
    "update marts.rpt_handoffs set handoffs = handoffs + 99": (
        "rpt_handoffs: Each handoff of a month counts once by its outcome",
        "rpt_handoffs: The rate is the share on time of the handoffs that are due",
        "rpt_handoffs: The handoffs of a month are the first sales",
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
    "update marts.rpt_csm_worklist set risk_action = ' ', risk_level = 'high'": (
        "rpt_csm_worklist: A risk has its action",
        "rpt_csm_worklist: The risk of a line is that of dim_accounts",
    ),
    "update marts.rpt_csm_worklist set escalation_level = 'none'": (
        "rpt_csm_worklist: A line escalates as high as the account's open triggers",
    ),
    "update marts.fct_renewals set risk_action = ' ', escalation_level = null": (
        "fct_renewals: A risk has its action",
        "fct_renewals: Exactly an open renewal may escalate",
    ),
    # metrics by role and value reports
    "update marts.rpt_metrics_by_role set value = value - 1": (
        "rpt_metrics_by_role: A figure is on target exactly",
        "rpt_metrics_by_role: A figure of the scorecard has its value there",
    ),
    "update marts.rpt_metrics_by_role set verdict = 'no_target'": (
        "rpt_metrics_by_role: A figure without data or without a target",
    ),
    "insert into marts.rpt_metrics_by_role from marts.rpt_metrics_by_role limit 1": (
        "rpt_metrics_by_role: grain",
    ),
    "update marts.rpt_value_report set reported_on = quarter - 1, achieved = objectives + 1,"
    " value_amount = value_amount + 1, is_complete_quarter = false": (
        "rpt_value_report: A quarter is reported within it",
        "rpt_value_report: Achieved objectives are part of the plan",
        "rpt_value_report: Its categories sum to the value",
        "rpt_value_report: ROI is what value leaves",
        "rpt_value_report: The running quarter has no change",
        "rpt_value_report: The running quarter has the value of rpt_value_realization",
    ),
    "update marts.rpt_value_report set achieved = 0": (
        "rpt_value_report: Only an objective that was achieved improved",
        "rpt_value_report: The objectives achieved in a quarter are those of",
    ),
    "insert into marts.rpt_value_report from marts.rpt_value_report limit 1": (
        "rpt_value_report: grain",
    ),
    "update marts.fct_success_objectives set improvement = 2": (
        "fct_success_objectives: Improvement is the change",
    ),
    # answers and subscriptions
    "update marts.fct_survey_answers set score = 11, answer_class = 'x', score_points = 7": (
        "fct_survey_answers: An answer lies on the scale of its survey",
        "fct_survey_answers: The class of an answer is one of its survey",
        "fct_survey_answers: An answer adds what its class says",
        "fct_survey_answers: The answers of a month have the score of rpt_satisfaction",
    ),
    "update marts.fct_survey_answers set ticket_id = null": (
        "fct_survey_answers: Only the rating of a ticket has a ticket",
    ),
    "insert into marts.fct_survey_answers from marts.fct_survey_answers limit 1": (
        "fct_survey_answers: grain",
    ),
    "update marts.dim_subscriptions set mrr = 1, ended_on = '2020-01-01'": (
        "dim_subscriptions: Only a subscription in service has MRR",
        "dim_subscriptions: Exactly an ended subscription has an end in the past",
        "dim_subscriptions: The subscriptions of an account sum to its MRR",
    ),
    "update marts.dim_subscriptions set started_on = '2090-01-01', term_source = null": (
        "dim_subscriptions: Exactly an upcoming subscription starts later",
        "dim_subscriptions: A term holds as_of_date",
    ),
    "delete from marts.dim_subscriptions where status = 'ended'": (
        "dim_subscriptions: Every subscription of fct_renewals is there",
    ),
    "insert into marts.dim_subscriptions from marts.dim_subscriptions limit 1": (
        "dim_subscriptions: grain",
    ),
    # the timeline, products and bases
    "update marts.fct_account_events set known_on = occurred_on - 1, text = 'x', row_key = 'x'": (
        "fct_account_events: An event is known on its day or later",
        "fct_account_events: An event is a sentence",
        "fct_account_events: An event of an account leads to a row",
        "fct_account_events: Every event leads to a row of its mart",
        "fct_account_events: Every movement of MRR in fct_mrr_monthly is an event",
    ),
    "delete from marts.fct_account_events where kind = 'renewal_decided'": (
        "fct_account_events: Every churn, decided renewal, change of tier",
    ),
    "insert into marts.fct_account_events from marts.fct_account_events limit 1": (
        "fct_account_events: grain",
    ),
    "update marts.dim_products set accounts = 0": (
        "dim_products: A product with MRR was sold, and accounts pay for it",
    ),
    "update marts.dim_products set is_core = true, mrr = 0": (
        "dim_products: Only with MRR is a product core",
        "dim_products: Products bring the MRR of dim_accounts",
    ),
    "insert into marts.dim_products from marts.dim_products limit 1": ("dim_products: grain",),
    "update marts.fct_retention_bases set starting_mrr = 0": (
        "fct_retention_bases: A base holds only accounts with MRR at the start",
        "fct_retention_bases: Retained MRR is the lesser of start and end",
    ),
    "update marts.fct_retention_bases set is_retained = not is_retained": (
        "fct_retention_bases: An account is retained exactly if it pays at the end",
    ),
    "update marts.fct_retention_bases set start_month = month": (
        "fct_retention_bases: A window has its length",
    ),
    "update marts.fct_retention_bases set plan_at_start = 'x' where plan_at_start = 'core_team'": (
        "fct_retention_bases: The accounts of a window sum to fct_retention",
    ),
    "insert into marts.fct_retention_bases from marts.fct_retention_bases limit 1": (
        "fct_retention_bases: grain",
    ),
    # The board's memos
    "update marts.rpt_board_evidence set cause = 'seats' where cause_of is null": (
        "rpt_board_evidence: A value that is a cause has a rank",
    ),
    "update marts.rpt_board_memo set value = 1, owner_role = 'csm' where section = 'bottom_line'": (
        "rpt_board_memo: A line of evidence states its mart",
        "rpt_board_memo: A step has an owner and a day",
    ),
    "delete from marts.rpt_board_memo where section = 'how_to_act'": (
        "assert_a_board_memo_shows_what_makes_its_cause",
    ),
}
