"""Policy files with a violation of each rule, and what a build says of each."""

from policy_rows import but, policy
from raw_folder import Row

REASON = {"reason": "Invalid"}


def invalid_files() -> dict[str, list[Row]]:
    """One violation or more of each rule of the contract, in files of every domain but health."""
    choices = but(policy("mrr_policy"), "past_due,", choice="churn_after")
    choices = but(choices, "paused,", choice="never")
    choices = but(choices, "metered_items,")
    choices.append({"setting": "refunds", "choice": "count", "parameter": ""} | REASON)
    flags = but(policy("retention_flags"), "reason_match_days,", value="90.5")
    tiers = but(policy("arr_tier_cuts"), "touch,arr_under_15k,", min_arr="10")
    tiers = but(tiers, "market,arr_30k_150k,", min_arr="150000.00", touch_tier="low")
    capacity = but(policy("csm_capacity"), "any,smb,")
    ramp = but(policy("csm_ramp"), "enterprise,", account_cap="few", months_to_full="2")
    plan = but(policy("csm_plan"), "growth,smb,", target_arr_per_csm="7999999")
    plan = but(but(plan, "any,smb,"), "any,mid_market,", annual_cost="")
    growth = but(policy("csm_plan_growth"), "strategic,", account_growth="0.4")
    growth = but(growth, "smb,", account_growth="-0.1", arr_growth="0.1")
    rates = but(policy("forecast_rates"), "renewal,expansion,", monthly_rate="1")
    settings = but(policy("forecast_settings"), "band_errors,", value="7")
    settings = but(settings, "band_min_tests,", value="0")
    settings = but(settings, "season_years,", value="1.5")
    settings = but(settings, "prior_cell_events,", value="0")
    rates.append({"phase": "renewal", "movement": "churn", "monthly_rate": "0.1"} | REASON)
    indicators = but(policy("leading_indicators"), "login_decline,", threshold="2")
    indicators = but(indicators, "silent_14_days,", window_days="90")
    signal = {"label": "promoted", "severity": "low", "threshold": "", "min_count": ""} | REASON
    indicators.append({"indicator": "champion_promoted", **signal, "window_days": ""})
    playbooks = but(policy("playbooks"), "at_risk,", opens_at="", judgements="0")
    playbooks = but(playbooks, "champion_change,", min_open_days="91")
    facts = but(policy("worklist_facts"), "health_low,", action="")
    facts = but(facts, "renewal_near,", playbook="renewals")
    playbooks = but(playbooks, "low_adoption,", closes_at="0.2", cool_down_days="")
    playbooks = but(playbooks, "expansion,", closes_at="80.5", judgement_days="-1")
    playbooks = but(playbooks, "qbr_due,", exit_due_days="soon")
    steps = but(policy("playbook_steps"), "at_risk,,,root_cause", day_offset="-1")
    steps = but(steps, "nps_due,,,remind", owner_role="csm", needs="elevated_risk")
    cadences = but(policy("playbook_cadences"), "nps_due,nps,touch_tier,high", every_months="")
    signals = but(policy("expansion_signals"), "limit_near,", is_strong="very")
    signals = but(signals, "gateway_feature_used,", window_days="")
    signals = but(signals, "user_growth,", expansion_type="any")
    signals = but(signals, "departments_active,", growth="0")
    openings = but(policy("adoption_openings"), "unused_seats,", closes_at="0.4")
    openings = but(openings, "stagnant_use,", windows="1", below_adoption="")
    marks = but(policy("benchmarks"), "ces,all,", great="4")
    marks = but(marks, "nps,all,", acceptable="31", acceptable_source="")
    marks = but(marks, "grr,smb,", source="rumour")
    coverage = but(policy("coverage_settings"), "investment_tier_rule,", value="size")
    coverage = but(coverage, "transition_act_days,", value="-1")
    coverage = but(coverage, "investment_verdict_months,", value="year")
    labels = but(policy("labels"), "band,now,", label="", sort_order="2")
    labels = but(labels, "outcome,open,", sort_order="0", better="up")
    levels = but(policy("risk_levels"), "elevated,", risk_rank="2")
    roles = but(policy("role_metrics"), "renewals,renewal_rate,", scorecard_figure="renewals")
    roles = but(roles, "director,segment_nrr,", unit="")
    roles = but(roles, "csms,book_nrr,", target_source="")
    bands = but(policy("touch_score_bands"), "growth,growth_potential,,low", min_value="3")
    board_steps = but(policy("board_steps"), "retention,seats,3,", within_days="91")
    incentives = but(policy("csm_incentives"), "book_grr,", weight="0.5")
    incentives = but(incentives, "mean_health,", target="0")
    stages = but(policy("org_stages"), "founding,", min_customers="1")
    questions = but(policy("org_questions"), "span_manager,", range_high="5")
    questions = but(questions, "role_cs_ops,", unblocks="")
    questions = but(questions, "ratio_smb,", range_low="")
    maturity = but(
        policy("org_maturity"), "maturity_references,", stage="legendary", stage_rank="5"
    )
    triggers = but(policy("org_role_triggers"), "role_cs_ops,", measure="renewals", min_value="0")
    return {
        "board_causes": but(policy("board_causes"), "next_hire,none,"),
        "board_steps": but(board_steps, "coverage,spare,2,"),
        "mrr_policy": choices,
        "csm_incentives": incentives,
        "org_stages": stages,
        "org_questions": questions,
        "org_maturity": maturity,
        "org_role_triggers": triggers,
        "retention_flags": [*flags, flags[0]],
        "arr_tier_cuts": tiers,
        "stage_thresholds": but(policy("stage_thresholds"), "seed,grr,", healthy="0.7"),
        "churn_reason_map": but(policy("churn_reason_map"), "price,", category="greed"),
        "csm_capacity": but(capacity, "seed,mid_market,", target_arr_high="1"),
        "csm_ramp": ramp,
        "csm_plan": plan,
        "csm_plan_growth": growth,
        "benchmarks": marks,
        "forecast_rates": rates,
        "multi_year_offers": but(policy("multi_year_offers"), "2,", discount_high="0.01"),
        "opportunity_owners": but(policy("opportunity_owners"), "new,", primary_owner="support"),
        "probability_bands": but(policy("probability_bands"), "below_50,", min_probability="0.1"),
        "forecast_settings": but(settings, "prior_cell_events,", value="0"),
        "risk_levels": but(levels, "high,", owner_role="board", action=""),
        "escalation_levels": but(policy("escalation_levels"), "account_review,", min_count=""),
        "role_metrics": roles,
        "value_categories": but(policy("value_categories"), "cycle_time_days,", value_category=""),
        "investment_tiers": but(
            policy("investment_tiers"), "smb,", share="0.5", published_share_low="0.6"
        ),
        "coverage_settings": coverage,
        "labels": [*labels, labels[0]],
        "leading_indicators": indicators,
        "expansion_signals": signals,
        "adoption_openings": openings,
        "playbooks": playbooks,
        "playbook_steps": steps,
        "playbook_cadences": cadences,
        "worklist_facts": facts,
        "touch_score_bands": bands,
        "icp_weights": [*policy("icp_weights"), policy("icp_weights")[0]],
        "assessment_bands": but(policy("assessment_bands"), "nps,critical,", includes_min="no"),
        "lifecycle_settings": but(policy("lifecycle_settings"), "onboarding_days,", value="91"),
        "finance": [{"setting": "gross_margin", "share": "0.8"} | REASON],
        "coverage_targets": but(policy("coverage_targets"), "low_touch,", dark_days="29"),
        "stakeholder_cadences": but(policy("stakeholder_cadences"), "vp,", touch_days="0"),
        "milestone_targets": but(policy("milestone_targets"), "first_login,", target_days="soon"),
        "onboarding_targets": but(policy("onboarding_targets"), "training,"),
    }


VIOLATIONS = {
    "mrr_policy: paused: choice is 'never', expected one of zero, count",
    "mrr_policy: metered_items: choice is missing, expected one of count, exclude",
    "mrr_policy: past_due: parameter is missing, expected a whole number, at least 0",
    "mrr_policy: refunds: no such setting, expected one of paused, temporary_discounts, "
    "metered_items, churn_lands_at, past_due",
    "retention_flags: reason_match_days: value is '90.5', expected a whole number",
    "retention_flags: leaky_bucket_max_grr: the setting is there 2 times, expected once",
    "arr_tier_cuts: market,arr_150k_plus: min_arr 150000 is there 2 times, expected once",
    "arr_tier_cuts: market,arr_30k_150k: "
    "touch_tier is 'low', expected one of high_touch, low_touch, tech_touch",
    "arr_tier_cuts: touch: the lowest min_arr is 10.0, expected 0",
    "stage_thresholds: seed,grr: healthy is '0.7', expected a number, above concerning",
    "churn_reason_map: greed: no row of churn_reason_categories has this category",
    "csm_capacity: seed,mid_market: "
    "target_arr_high is '1', expected a number, at least target_arr_low",
    "csm_capacity: any,smb: the row is missing",
    "csm_incentives: the sum of weight is 1.1, expected 1",
    "csm_incentives: mean_health: target is '0', expected a number, above 0",
    "org_stages: the lowest min_customers is 1.0, expected 0",
    "org_questions: span_manager: range_high is '5', expected a number, above range_low",
    "org_questions: role_cs_ops: unblocks is missing, expected a text",
    "org_questions: ratio_smb: range_low is missing, expected a number, at least 0",
    "org_maturity: maturity_references: "
    "stage is 'legendary', expected one of proactive, strategic, transformational",
    "org_maturity: maturity_references: "
    "stage_rank is '5', expected a whole number, at least 2, at most 4",
    "org_role_triggers: role_cs_ops,renewals: "
    "measure is 'renewals', expected one of customers, csms",
    "org_role_triggers: role_cs_ops,renewals: "
    "min_value is '0', expected a whole number, at least 1",
    "csm_ramp: enterprise: account_cap is 'few', expected a whole number, above 0",
    "csm_ramp: enterprise: months_to_full is '2', expected a number, above months_to_half",
    "csm_plan: any,smb: the row is missing",
    "csm_plan: any,mid_market: "
    "annual_cost is missing, expected a number, at least 0, at most 10000000",
    "csm_plan: growth,smb: target_arr_per_csm lies outside the range of csm_capacity",
    "csm_plan: seed,mid_market: target_arr_per_csm lies outside the range of csm_capacity",
    "csm_plan_growth: strategic: account_growth and arr_growth are stated together or not at all",
    "csm_plan_growth: smb: account_growth is '-0.1', expected a number, at least 0, at most 10",
    "benchmarks: ces,all: great is 4.0, expected no worse than good, which is 3.0",
    "benchmarks: nps,all: acceptable is 31.0, expected no better than good, which is 30.0",
    "benchmarks: nps,all: expected acceptable_source where acceptable is stated, and only there",
    "benchmarks: grr,smb: source is 'rumour', expected one of published, own",
    "forecast_rates: renewal,expansion: "
    "monthly_rate is '1', expected a number, at least 0, below 1",
    "forecast_rates: renewal,churn: renewal_probabilities states this one",
    "multi_year_offers: 2: discount_high is '0.01', expected a number, at least discount_low, "
    "at most 1",
    "opportunity_owners: new,0: primary_owner is 'support', expected one of cs, sales",
    "forecast_settings: prior_cell_events: "
    "value is '0', expected a number, at least 1, at most 1000000",
    "probability_bands: the lowest min_probability is 0.1, expected 0",
    "forecast_settings: band_errors: value is '7', expected a whole number, "
    "at least band_min_errors, at most 1000000",
    "forecast_settings: band_min_tests: value is '0', expected a whole number, "
    "at least 1, at most 1000000",
    "forecast_settings: season_years: value is '1.5', expected a whole number, "
    "at least 1, at most 10",
    "risk_levels: elevated: risk_rank 2 is there 2 times, expected once",
    "risk_levels: high: owner_role is 'board', expected one of csm, manager, executive, save_team",
    "risk_levels: high: action is missing, expected a text",
    "escalation_levels: account_review: min_count is missing, expected a whole number, "
    "at least 1, at most 100",
    "role_metrics: renewals,renewal_rate: no row of scorecard_figures has renewals",
    "role_metrics: director,segment_nrr: "
    "expected unit, display_format and direction because the scorecard has no such figure",
    "role_metrics: csms,book_nrr: expected target_source where target is stated, and only there",
    "value_categories: cycle_time_days: value_category is missing, expected one of "
    "revenue_increased, costs_reduced, time_saved, headcount_avoided, soft_value",
    "investment_tiers: the sum of share is 1.1, expected 1",
    "investment_tiers: smb: published_share_low is '0.6', expected a number, at least 0, "
    "at most published_share_high",
    "coverage_settings: investment_tier_rule: value is 'size', expected one of arr, rank",
    "coverage_settings: transition_act_days: value is '-1', expected a whole number, "
    "at least 0, at most 366",
    "coverage_settings: investment_verdict_months: value is 'year', expected a whole number, "
    "at least 0, at most 120",
    "labels: account_status,active: the row is there 2 times, expected once",
    "labels: account_status,active: sort_order 1 is there 2 times, expected once",
    "labels: band,now: sort_order 2 is there 2 times, expected once",
    "labels: band,now: label is missing, expected a text",
    "labels: outcome,open: sort_order is '0', expected a whole number, at least 1",
    "labels: outcome,open: better is 'up', expected one of higher, lower, none",
    "leading_indicators: login_decline: threshold is '2', expected a number, at least 0, "
    "from 0 to 1 for login_decline, from 0 to 1 for active_user_decline, "
    "from 0 to 1 for depth_decline, from 0 to 1 for mrr_contraction",
    "leading_indicators: champion_promoted: "
    "window_days is missing, expected a whole number, at least 1",
    "leading_indicators: silent_14_days: window_days is 90, expected at most 56, "
    "twice usage_window_days of health_settings",
    "expansion_signals: limit_near: is_strong is 'very', expected true or false",
    "expansion_signals: gateway_feature_used: "
    "window_days is missing, expected a whole number, above 0",
    "expansion_signals: user_growth: expansion_type is 'any', "
    "expected one of upsell, seats, cross_sell, land_and_expand, strategic, bundle",
    "expansion_signals: departments_active: growth is '0', expected a number, above 0",
    "adoption_openings: unused_seats: closes_at is '0.4', expected a number, at least opens_at",
    "adoption_openings: stagnant_use: windows is '1', expected a whole number, "
    "at least 2, at most 12",
    "adoption_openings: stagnant_use: below_adoption is missing, "
    "expected a number, above 0, at most 1",
    "playbooks: at_risk: opens_at is missing, expected a number, at least 0, at most 100, "
    "from 0 to 1 for low_adoption",
    "playbooks: at_risk: judgements is '0', expected a whole number, above 0",
    "playbooks: low_adoption: cool_down_days is missing, expected a whole number, at least 0",
    "playbooks: low_adoption: closes_at is 0.2, expected at least opens_at, which is 0.3",
    "playbooks: expansion: closes_at is 80.5, expected at most opens_at, which is 80.0",
    "playbooks: expansion: judgement_days is '-1', expected a whole number, at least 0",
    "playbooks: qbr_due: exit_due_days is 'soon', expected a whole number, at least 0",
    "playbooks: champion_change: closes_after_days is '90', expected a whole number, "
    "at least min_open_days, above 0",
    "playbook_steps: at_risk,,root_cause: day_offset is -1, expected at least 0, "
    "the day on which the playbook opens",
    "playbook_steps: nps_due,,remind: owner_role is csm, expected another role for tech_touch "
    "because the playbook is not at_risk",
    "playbook_steps: nps_due,,remind: needs is elevated_risk, expected none because only a "
    "renewal has a risk",
    "playbook_cadences: nps_due,high_touch: expected after_days or every_months, and not both",
    "worklist_facts: health_low: action is missing, expected a text",
    "worklist_facts: renewals: no row of playbooks has this playbook",
    "touch_score_bands: growth_potential: the lowest min_value is 3.0, expected 0",
    "touch_score_bands: growth,growth_potential: expected min_value or value_text, and not both",
    "icp_weights: target_industry: the row is there 2 times, expected once",
    "assessment_bands: nps: the lowest min_value with includes_min is 0.0, expected -100",
    "lifecycle_settings: onboarding_max_days: value is '90', expected a whole number, "
    "at least 0, at least onboarding_days, at most 366",
    "board_steps: retention,seats,3: within_days is '91', expected a whole number, "
    "at least 1, at most 90",
    "board_steps: coverage,spare: has 2 steps, expected 3",
    "board_steps: next_hire,none: no row of board_causes has this decision and cause",
    "board_causes: next_hire,none: no such row, expected one for the day on which nothing calls",
    "coverage_targets: low_touch: dark_days is '29', expected a whole number, at least 1, "
    "at least expected_touch_days, at most 1000",
    "stakeholder_cadences: vp: touch_days is '0', expected a whole number, at least 1, "
    "at most 1000",
    "milestone_targets: first_login: target_days is 'soon', expected a whole number, at least 0, "
    "at most 1000",
    "onboarding_targets: training: no row has this figure, expected one",
}
