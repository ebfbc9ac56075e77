"""A policy row that nothing reads looks like a rule and is none: each row and column has a use."""

import re
from collections.abc import Iterable
from typing import Any

import duckdb
import pytest
from conftest import Build
from policy_rows import POLICY, policy

Key = tuple[str | None, ...]

# Columns that say where a number comes from. They are for readers of the file, like its reasons.
PROVENANCE = {"source", "acceptable_source"}
# By file: the columns of a row's key that decide its use, and the keys that marts of the demo show.
# A row for another stage of the company is in use once the var names that stage.
SHOWN: dict[str, tuple[tuple[str, ...], str]] = {
    "activity_kinds": (("activity_type",), "select activity_type from marts.fct_activities"),
    "arr_tier_cuts": (
        ("scheme", "tier"),
        "select arr_tier_scheme, tier from marts.rpt_segment_performance",
    ),
    "assessment_bands": (
        ("figure",),
        "select figure from marts.rpt_executive_scorecard where rating_source = 'assessment_bands'",
    ),
    "benchmarks": (
        ("figure", "segment"),
        "select figure, 'all' from marts.rpt_executive_scorecard"
        " union select 'grr', benchmark_segment from marts.fct_retention where grr_target > 0"
        " union select 'nrr', benchmark_segment from marts.fct_retention where nrr_target > 0",
    ),
    "board_decisions": (("decision",), "select decision from marts.rpt_board_memo"),
    "board_evidence": (
        ("mart", "figure"),
        "select mart, figure from marts.rpt_board_evidence",
    ),
    "churn_reason_categories": (
        ("category",),
        "select reason_category from marts.fct_churn_events",
    ),
    "coverage_targets": (
        ("touch_tier",),
        "select tier from marts.rpt_segment_performance where accounts_target_low > 0",
    ),
    "csm_capacity": (
        ("investment_tier",),
        "select investment_tier from marts.rpt_coverage_capacity where target_arr_per_csm > 0",
    ),
    "csm_plan": (
        ("investment_tier",),
        "select investment_tier from marts.rpt_org_plan where annual_cost > 0",
    ),
    "csm_plan_growth": (
        ("investment_tier",),
        "select investment_tier from marts.rpt_org_plan where acquisition_source <> ''",
    ),
    "csm_ramp": (
        ("investment_tier",),
        "select investment_tier from marts.rpt_csm_books where ramped_share is not null",
    ),
    "escalation_levels": (
        ("escalation_level",),
        "select escalation_level from marts.fct_playbook_triggers"
        " union select escalation_level from intermediate.int_account_alarms",
    ),
    "expansion_signals": (("signal",), "select signal from marts.fct_expansion_signals"),
    "health_colours": (("colour",), "select health_colour from marts.fct_health_scores"),
    "health_metric_bands": (
        ("metric", "value_text"),
        "select metric, value_text from marts.fct_health_metrics",
    ),
    "health_metric_weights": (
        ("scheme", "component", "metric"),
        "select distinct components.scheme, components.component, metrics.metric"
        " from (select distinct scheme, component from marts.fct_health_components) as components"
        " cross join (select distinct metric from marts.fct_health_metrics) as metrics",
    ),
    "health_metrics": (("metric",), "select metric from marts.fct_health_metrics"),
    "health_priority": (
        ("colour", "trend"),
        "select health_colour, health_trend from marts.fct_health_scores",
    ),
    "health_status_bands": (("status",), "select health_status from marts.fct_health_scores"),
    "health_weights": (
        ("scheme", "component"),
        "select scheme, component from marts.fct_health_components",
    ),
    "icp_fit_bands": (("fit",), "select icp_fit from marts.fct_account_segments"),
    "investment_tiers": (
        ("tier",),
        "select investment_tier from marts.rpt_coverage_capacity where investment_high > 0",
    ),
    "labels": (("domain", "code"), "select domain, code from marts.dim_labels"),
    "leading_indicators": (("indicator",), "select indicator from marts.rpt_indicator_validation"),
    "opportunity_owners": (
        ("opportunity_type",),
        "select opportunity_type from marts.fct_opportunities",
    ),
    "milestone_targets": (
        ("milestone",),
        "select milestone from marts.rpt_time_to_value where target_days >= 0",
    ),
    "org_maturity": (("question",), "select question from marts.rpt_org_stage"),
    "org_questions": (("question",), "select question from marts.rpt_org_stage"),
    "org_role_triggers": (
        ("question",),
        "select question from marts.rpt_org_stage where range like 'from %'",
    ),
    "org_stages": (("stage",), "select code from marts.dim_labels where domain = 'org_verdict'"),
    "playbook_cadences": (
        ("playbook", "tier"),
        "select distinct compliance.playbook, segments.tier"
        " from marts.rpt_playbook_compliance as compliance"
        " cross join marts.rpt_segment_performance as segments",
    ),
    # Triggers of the whole history, since a playbook may open in a tier but once a year.
    "playbook_steps": (
        ("playbook", "touch_tier"),
        "select playbook, touch_tier from intermediate.int_playbook_openings"
        " union select playbook, null from intermediate.int_playbook_openings",
    ),
    "playbooks": (("playbook",), "select playbook from marts.rpt_playbook_compliance"),
    "probability_bands": (
        ("probability_band",),
        "select probability_band from marts.rpt_renewal_calibration",
    ),
    "renewal_probabilities": (("health_status",), "select health_status from marts.fct_renewals"),
    "risk_levels": (
        ("risk_level",),
        "select risk_level from marts.fct_renewals union select risk_level from marts.dim_accounts",
    ),
    "role_metrics": (("role", "figure"), "select role, figure from marts.rpt_metrics_by_role"),
    "scorecard_figures": (("figure",), "select figure from marts.rpt_executive_scorecard"),
    "stage_probabilities": (("stage",), "select stage from marts.fct_opportunities"),
    "stage_thresholds": (
        ("figure",),
        "select figure from marts.rpt_executive_scorecard where status_source = 'stage_thresholds'",
    ),
    "stakeholder_cadences": (("seniority",), "select seniority from marts.dim_contacts"),
    "stakeholder_roles": (
        ("touch_tier", "stakeholder_type"),
        "select touch_tier, replace(unnest(string_split("
        " concat_ws(', ', roles_present, roles_missing), ', ')), ' ', '_')"
        " from marts.rpt_stakeholder_coverage",
    ),
    "touch_score_cuts": (("tier",), "select touch_tier from marts.fct_account_segments"),
    "worklist_facts": (("fact",), "select fact from marts.rpt_csm_worklist"),
}
# Causes of retention are drivers and reasons, and the others come from conditions in the SQL.
CAUSES = """
    select 'retention', code from marts.dim_labels where domain in ('driver', 'reason_category')
    union select 'retention', 'other' union select decision, 'none' from marts.rpt_board_memo
    union select 'segmentation', unnest(['under_invested', 'over_invested', 'review_list'])
    union select 'coverage', unnest(['arr', 'accounts', 'arr_and_accounts', 'unassigned', 'spare'])
    union select 'next_hire', unnest(['csm', 'manager'])
    union select decision, cause from policy.policy_board_causes where figure is not null
"""
SHOWN |= {file: (("decision", "cause"), CAUSES) for file in ("board_causes", "board_steps")}
# Files whose key the SQL of a reader names, or is a signal of the CRM. The demo may lack the case.
NAMED = {
    "adoption_openings": ("opening",),
    "csm_incentives": ("metric",),
    "forecast_rates": ("phase", "movement"),
    "icp_weights": ("signal",),
    "multi_year_offers": ("term_years",),
    "onboarding_targets": ("figure",),
    "review_criteria": ("criterion",),
    "touch_score_bands": ("signal",),
    "touch_score_weights": ("factor",),
}
# A reason or a metric is whatever a CRM calls it. It matches in lower case, and has its category.
FREE = {"churn_reason_map", "value_categories"}


@pytest.fixture(scope="module")
def models(demo: Build) -> dict[str, dict[str, Any]]:
    """The policy models by the name of their file."""
    nodes = demo.manifest["nodes"].values()
    policies = [node for node in nodes if node["name"].startswith("policy_")]
    return {
        node["name"].removeprefix("policy_"): node
        for node in policies
        if node["resource_type"] == "model"
    }


@pytest.fixture(scope="module")
def readers(demo: Build, models) -> dict[str, str]:
    """The compiled SQL of a policy model and of the models and tests that read it, by file."""
    by_id, children = demo.manifest["nodes"], demo.manifest["child_map"]
    compiled = demo.target / "compiled"

    def sql_of(key: str) -> str:
        # The generic tests check a file, but do not use it.
        node = by_id.get(key, {"original_file_path": "none.yml"})
        path = compiled / node.get("package_name", "") / node["original_file_path"]
        return path.read_text() if path.suffix == ".sql" else ""

    return {
        file: "\n".join(map(sql_of, [key, *children[key]]))
        for file, key in ((file, model["unique_id"]) for file, model in models.items())
    }


def keys_of(file: str, columns: Iterable[str]) -> set[Key]:
    """The keys of a policy CSV, empty cells as None."""
    return {tuple(row[column] or None for column in columns) for row in policy(file)}


def not_shown(marts: duckdb.DuckDBPyConnection, file: str, keys: set[Key]) -> list[Key]:
    """Which of the keys no mart shows."""
    _, query = SHOWN[file]
    shown = {tuple(row) for row in marts.execute(query).fetchall()}
    return sorted(keys - shown, key=str)


def test_every_file_is_looked_at(models):
    settings = {file for file, model in models.items() if model["config"]["meta"].get("settings")}
    files = {path.stem.removesuffix("_policy") for path in POLICY.glob("*.csv")}
    assert {file.removesuffix("_policy") for file in models} == files
    assert sorted([*SHOWN, *NAMED, *FREE, *settings]) == sorted(models)


@pytest.mark.parametrize("file", SHOWN)
def test_every_row_is_shown(marts, file: str):
    columns, _ = SHOWN[file]
    keys = keys_of(file, columns)
    assert not_shown(marts, file, keys) == []
    invented = ("made up",) * len(columns)
    assert not_shown(marts, file, keys | {invented}) == [invented]


@pytest.fixture(scope="module")
def signals(demo: Build) -> set[str]:
    """The types of signals that the raw contract allows."""
    sources = demo.manifest["sources"].values()
    (crm_signals,) = [node for node in sources if node["name"] == "signals"]
    return set(crm_signals["columns"]["signal_type"]["config"]["meta"]["values"])


@pytest.mark.parametrize("file", NAMED)
def test_every_row_is_named(readers, signals, file: str):
    for column in NAMED[file]:
        texts = {text for (text,) in keys_of(file, [column])} - signals
        assert not [text for text in texts if f"'{text}'" not in readers[file]], column


def test_every_reason_can_match():
    categories = keys_of("churn_reason_categories", ["category"])
    assert keys_of("churn_reason_map", ["category"]) <= categories
    codes = [row["reason_code"] for row in policy("churn_reason_map")]
    assert [code.lower() for code in codes] == codes


def test_every_step_falls_due_before_its_playbook_closes():
    lasts = {row["playbook"]: row["closes_after_days"] for row in policy("playbooks")}
    leads = {row["playbook"]: row["lead_days"] or "0" for row in policy("playbooks")}
    for row in policy("playbook_steps"):
        days, last = int(row["day_offset"]), lasts[row["playbook"]]
        assert -int(leads[row["playbook"]]) <= days <= int(last or days), row


def test_every_column_is_read(models, readers):
    unread = [
        f"{file}.{column}"
        for file, model in models.items()
        for column in model["columns"]
        if column not in PROVENANCE and not re.search(rf"\.{column}\b", readers[file])
    ]
    assert unread == []
