"""The diagrams of docs/entities.md: the marts of each domain, their keys and their joins."""

from dataclasses import dataclass

from tools.domains import DOMAINS, Model, marts_of

# Other marts join these; a diagram of their own domain need not show all that do.
HUBS = {"dim_accounts", "dim_dates", "dim_team_members", "fct_mrr_monthly", "fct_account_segments"}
# A domain with too many marts for one diagram has several.
PARTS = {
    "health": {
        "Scores": "fct_health_scores fct_health_components fct_health_metrics fct_health_drivers",
        "Mix and moves": "rpt_health_mix rpt_health_moves",
        "Validation": "rpt_health_validation rpt_health_churn_rates",
        "People and touches": "dim_contacts fct_activities rpt_stakeholder_coverage",
        "Tickets, answers and indicators": "fct_tickets fct_leading_indicators"
        " rpt_indicator_validation rpt_satisfaction fct_survey_answers",
    },
    "coverage": {
        "Tiers": "fct_account_segments rpt_account_review rpt_coverage_capacity"
        " rpt_org_plan rpt_segment_performance",
        "Team": "dim_team_members rpt_csm_books rpt_csm_attainment",
    },
    "playbooks": {
        "Triggers and tasks": "fct_playbook_triggers fct_playbook_tasks rpt_playbook_compliance"
        " rpt_handoffs",
        "Worklist and signals": "rpt_csm_worklist fct_expansion_signals",
    },
    "executive": {
        "Scorecard": "rpt_executive_scorecard rpt_scorecard_history rpt_scorecard_tiers"
        " rpt_metrics_by_role",
        "Board and organization": "rpt_board_memo rpt_board_evidence rpt_org_stage",
    },
    "forecast": {
        "MRR": "fct_mrr_forecast rpt_forecast_backtest rpt_forecast_accuracy",
        "Renewals": "fct_renewals rpt_renewal_forecast rpt_renewal_forecast_history"
        " rpt_renewal_calibration dim_subscriptions",
        "Opportunities": "fct_opportunities rpt_expansion_forecast",
    },
}


@dataclass(frozen=True)
class Join:
    """How a row of one mart finds its rows in another.

    `cardinality` is mermaid's: `||` one, `|o` at most one, `}o` and `o{` any number. `on` lists
    columns of one name, or `parent's = child's`; `only` narrows it, with `p` and `c` as the two.
    """

    parent: str
    cardinality: str
    child: str
    on: str
    only: str = ""

    @property
    def columns(self) -> list[tuple[str, str]]:
        """The pairs that are equal, of the parent and of the child."""
        pairs = [part.split(" = ") for part in self.on.split("; ")]
        return [(pair[0], pair[-1]) for pair in pairs]

    @property
    def label(self) -> str:
        """What the diagram says beside the line."""
        pairs = [a if a == b else f"{a} = {b}" for a, b in self.columns]
        only = self.only.replace("p.", "").replace("c.", "")
        return ", ".join(pairs) + (f" where {only}" if only else "")


# As every coded column joins it, by the domain that its comment names.
DOMAIN = "p.domain = 'health_status'"
JOINS = [
    Join("dim_dates", "||--o{", "fct_mrr_monthly", "date_day = month"),
    Join("dim_dates", "||--o{", "fct_retention", "date_day = month"),
    Join("dim_dates", "||--o{", "fct_cohort_retention", "date_day = cohort"),
    Join(
        "fct_retention",
        "||--o{",
        "fct_retention_bases",
        "window_months; month",
        "p.segment_type = 'all'",
    ),
    Join("dim_accounts", "||--o{", "fct_retention_bases", "account_id"),
    Join("dim_products", "||--o{", "fct_mrr_movements", "product_id"),
    Join("dim_accounts", "||--o{", "fct_account_events", "account_id"),
    Join("dim_accounts", "||--o{", "dim_subscriptions", "account_id"),
    Join("dim_subscriptions", "||--o{", "fct_renewals", "subscription_id"),
    Join("dim_accounts", "||--o{", "fct_survey_answers", "account_id"),
    Join("dim_contacts", "|o--o{", "fct_survey_answers", "contact_id"),
    Join(
        "rpt_satisfaction",
        "||--o{",
        "fct_survey_answers",
        "period = date_trunc('month', answered_on); survey_type; touch_tier",
        "p.period_grain = 'month'",
    ),
    Join("dim_accounts", "||--o{", "fct_mrr_monthly", "account_id"),
    Join("dim_accounts", "||--o{", "fct_invoices", "account_id"),
    Join("fct_mrr_monthly", "||--o{", "fct_mrr_movements", "account_id; month"),
    Join("dim_accounts", "||--o{", "fct_usage_monthly", "account_id"),
    Join("fct_mrr_monthly", "|o--o|", "fct_usage_monthly", "account_id; month"),
    Join("dim_accounts", "||--o{", "fct_segment_transitions", "account_id"),
    Join("fct_account_segments", "||--o{", "fct_segment_transitions", "account_id; month"),
    Join("dim_accounts", "||--o{", "fct_health_scores", "account_id"),
    Join(
        "fct_health_scores",
        "||--o{",
        "fct_health_components",
        "snapshot_date; account_id; scheme",
    ),
    Join(
        "fct_health_scores",
        "||--o{",
        "fct_health_drivers",
        "snapshot_date; account_id",
        "p.is_active_scheme",
    ),
    Join("rpt_executive_scorecard", "||--o{", "rpt_scorecard_history", "figure"),
    Join("rpt_executive_scorecard", "||--o{", "rpt_scorecard_tiers", "figure"),
    Join("rpt_executive_scorecard", "|o--o{", "rpt_metrics_by_role", "figure = scorecard_figure"),
    Join("rpt_board_evidence", "|o--o{", "rpt_board_memo", "mart; figure; segment; value"),
    Join(
        "rpt_health_mix",
        "|o--o{",
        "fct_health_scores",
        "snapshot_date; health_status",
        "p.segment_type = 'all' and c.is_active_scheme",
    ),
    Join(
        "rpt_health_mix",
        "|o--o{",
        "rpt_health_moves",
        "snapshot_date = month_end; segment_type; segment; health_status",
    ),
    Join("dim_labels", "||--o{", "rpt_health_mix", "code = health_status", DOMAIN),
    Join("fct_health_metrics", "||--o|", "fct_health_drivers", "snapshot_date; account_id; metric"),
    Join(
        "rpt_health_validation",
        "||--o{",
        "rpt_health_churn_rates",
        "scheme; touch_tier; horizon_days",
    ),
    Join("dim_accounts", "||--o{", "dim_contacts", "account_id"),
    Join("dim_accounts", "||--o{", "fct_tickets", "account_id"),
    Join("dim_accounts", "||--o{", "fct_activities", "account_id"),
    Join("dim_contacts", "|o--o{", "fct_activities", "contact_id"),
    Join("dim_accounts", "||--o|", "rpt_stakeholder_coverage", "account_id"),
    Join("rpt_stakeholder_coverage", "|o--o{", "dim_contacts", "account_id"),
    Join("dim_team_members", "|o--o{", "fct_activities", "member_id"),
    Join("dim_accounts", "||--o{", "fct_leading_indicators", "account_id"),
    Join(
        "rpt_indicator_validation",
        "||--o{",
        "fct_leading_indicators",
        "indicator",
        "p.touch_tier = 'all' and p.horizon_days = 90",
    ),
    Join("dim_accounts", "||--o{", "fct_churn_events", "account_id"),
    Join(
        "fct_retention",
        "||--o|",
        "rpt_retention_decomposition",
        "date_trunc('quarter', month) = quarter; segment_type; segment",
        "p.window_months = 12 and month(p.month) % 3 = 0",
    ),
    Join(
        "fct_retention",
        "||--o{",
        "rpt_leakage_points",
        "date_trunc('quarter', month) = quarter; segment_type; segment",
        "p.window_months = 12 and month(p.month) % 3 = 0",
    ),
    Join("dim_accounts", "||--o{", "fct_renewals", "account_id"),
    Join(
        "rpt_renewal_forecast",
        "||--o{",
        "fct_renewals",
        "quarter = date_trunc('quarter', renewal_on); touch_tier",
    ),
    Join(
        "rpt_renewal_forecast",
        "||--o{",
        "rpt_renewal_forecast_history",
        "quarter; touch_tier",
    ),
    Join(
        "rpt_renewal_forecast",
        "|o--o{",
        "rpt_expansion_forecast",
        "quarter",
        "p.touch_tier = 'all'",
    ),
    Join("dim_accounts", "||--o{", "fct_opportunities", "account_id"),
    Join("fct_opportunities", "|o--o{", "fct_renewals", "opportunity_id"),
    Join(
        "rpt_expansion_forecast",
        "|o--o{",
        "fct_opportunities",
        "quarter; opportunity_type; is_dated",
    ),
    Join(
        "rpt_renewal_calibration",
        "||--o{",
        "fct_renewals",
        "touch_tier",
        "p.probability_band = 'all'",
    ),
    Join(
        "fct_mrr_forecast",
        "|o--o{",
        "rpt_forecast_backtest",
        "horizon = horizon_months; touch_tier",
    ),
    Join(
        "fct_mrr_forecast",
        "|o--o{",
        "rpt_forecast_accuracy",
        "forecast_month = period",
        "p.touch_tier = 'all' and c.figure = 'mrr'",
    ),
    Join("fct_mrr_monthly", "||--o|", "fct_account_segments", "account_id; month"),
    Join("dim_accounts", "||--o{", "fct_account_segments", "account_id"),
    Join("dim_accounts", "||--o|", "rpt_account_review", "account_id"),
    Join("dim_team_members", "|o--o|", "rpt_csm_books", "member_id = csm_id"),
    Join("dim_team_members", "|o--o|", "rpt_csm_attainment", "member_id = csm_id"),
    Join("rpt_csm_books", "||--o|", "rpt_csm_attainment", "csm_id"),
    Join("dim_team_members", "|o--o{", "dim_accounts", "member_id = csm_id"),
    Join("rpt_csm_books", "|o--o{", "dim_accounts", "csm_id"),
    Join("rpt_coverage_capacity", "|o--o{", "dim_accounts", "investment_tier"),
    Join("rpt_coverage_capacity", "||--o{", "rpt_org_plan", "investment_tier"),
    Join(
        "rpt_segment_performance",
        "|o--o{",
        "dim_accounts",
        "tier = touch_tier",
        "p.tier_scheme = 'touch_tier'",
    ),
    Join("dim_accounts", "|o--o{", "dim_accounts", "account_id = parent_account_id"),
    Join("dim_accounts", "||--o{", "fct_expansion_signals", "account_id"),
    Join("dim_accounts", "||--o{", "fct_playbook_triggers", "account_id"),
    Join("dim_team_members", "|o--o{", "fct_playbook_triggers", "member_id = owner_id"),
    Join("fct_playbook_triggers", "||--o{", "fct_playbook_tasks", "trigger_id"),
    Join(
        "rpt_playbook_compliance",
        "|o--o{",
        "fct_playbook_tasks",
        "playbook; month = date_trunc('month', due_on)",
    ),
    Join(
        "rpt_handoffs",
        "|o--o{",
        "fct_opportunities",
        "month = date_trunc('month', closed_on)",
        "c.opportunity_type = 'new'",
    ),
    Join("dim_accounts", "||--o|", "rpt_csm_worklist", "account_id"),
    Join("fct_playbook_triggers", "|o--o|", "rpt_csm_worklist", "trigger_id"),
    Join("rpt_csm_books", "||--o{", "rpt_csm_worklist", "csm_id"),
    Join("dim_accounts", "||--o|", "rpt_value_realization", "account_id"),
    Join("dim_accounts", "||--o{", "rpt_value_report", "account_id"),
    Join("dim_accounts", "||--o{", "fct_success_objectives", "account_id"),
    Join("dim_accounts", "}o--o{", "rpt_time_to_value", "cohort_quarter"),
    Join("dim_accounts", "||--o|", "fct_onboarding", "account_id"),
    Join("dim_dates", "||--o{", "rpt_onboarding", "date_day = start_quarter"),
    Join("dq_reconciliation", "||--o{", "dq_rejected_rows", "source_system; table_name"),
    Join("dq_reconciliation", "||--o{", "dq_invalid_values", "source_system; table_name"),
]


def sections(models: dict[str, Model]) -> str:
    """A section for each domain: its marts with their keys, and how they join."""
    by_name = {model.name: model for model in models.values()}
    parts = []
    for domain in DOMAINS:
        marts = marts_of(models, domain)
        lines = [f"## {domain.capitalize()}", "", "| mart | one row per | key |", "|---|---|---|"]
        for mart in marts:
            row = mart.row.removeprefix("One row per ")
            lines.append(f"| `{mart.name}` | {row} | {', '.join(mart.grain)} |")
        parts.append("\n".join(lines))
        for heading, names in diagrams(domain, [mart.name for mart in marts]).items():
            joins = joins_of(set(names))
            if joins:
                parts.append(f"### {heading}" if heading else "")
                parts.append(_diagram(joins, names, by_name))
    return "\n\n".join(part for part in parts if part)


def diagrams(domain: str, marts: list[str]) -> dict[str, list[str]]:
    """The marts of each diagram of a domain, by its heading."""
    if domain not in PARTS:
        return {"": marts}
    return {heading: names.split() for heading, names in PARTS[domain].items()}


def joins_of(marts: set[str]) -> list[Join]:
    """The joins that the diagram of some marts shows."""
    found = [
        join
        for join in JOINS
        if join.child in marts or (join.parent in marts and join.parent not in HUBS)
    ]
    return found or [join for join in JOINS if join.parent in marts]


def tables_of(joins: list[Join]) -> list[str]:
    """The marts that some joins link, in their order."""
    return list(dict.fromkeys(name for join in joins for name in (join.parent, join.child)))


def _diagram(joins: list[Join], names: list[str], by_name: dict[str, Model]) -> str:
    lines = ["```mermaid", "erDiagram"]
    for join in joins:
        lines.append(f'    {join.parent} {join.cardinality} {join.child} : "{join.label}"')
    for name in dict.fromkeys([*tables_of(joins), *names]):
        model = by_name[name]
        columns = [f"        {model.types[key]} {key} PK" for key in model.grain]
        foreign = {
            expression
            for join in joins
            for table, side in ((join.parent, 0), (join.child, 1))
            if table == name
            for expression in [pair[side] for pair in join.columns]
        }
        columns += [
            f"        {model.types[column]} {column}"
            for column in sorted(foreign & set(model.types) - set(model.grain))
        ]
        lines += [f"    {name} {{", *columns, "    }"]
    return "\n".join([*lines, "```"])
