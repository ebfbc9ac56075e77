"""Every sentence that the project writes for its users, as docs/messages.md lists them.

Each template appears once, filled in with values of a real run.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

import duckdb

# Of an event its first words say which template it is, and a word or two how it ends.
EVENT_TEMPLATE = (
    "kind || if(kind in ('mrr_movement', 'health_change', 'renewal_decided'),"
    " regexp_extract(text, '^\\w+ \\w+ ?\\w*'), if(text like 'Escalated%', 'e', ''))"
    " || (text like '%missed%') || (text like '%canceled%') || (text like '%rated%')"
    " || (text like '% left.') || (text like '%passed.') || (text like '%was up.')"
    " || (text like '%more.') || (text like '% by %')"
)
# Mart, column and the SQL that says which template a sentence follows.
SENTENCES = (
    ("rpt_retention_decomposition", "headline", "segment_type || ' ' || (headline like '%leaky%')"),
    ("rpt_retention_decomposition", "note", "length(note) - length(replace(note, '(', ''))"),
    ("rpt_csm_worklist", "why", "playbook"),
    ("fct_playbook_triggers", "evidence", "playbook"),
    ("fct_leading_indicators", "evidence", "indicator"),
    ("fct_expansion_signals", "evidence", "signal"),
    ("fct_health_scores", "drivers", "length(drivers) - length(replace(drivers, '(', ''))"),
    ("rpt_account_review", "reasons", "''"),
    ("fct_account_events", "text", EVENT_TEMPLATE),
    ("rpt_org_stage", "rule", "topic"),
    ("rpt_executive_scorecard", "note", "if(note like '%score.', 'health', figure)"),
    ("rpt_board_memo", "text", "section || decision || coalesce(mart || figure, '')"),
)
# Columns that repeat a sentence of another mart, a label of a policy, or the company's own words.
ELSEWHERE = {
    "dim_accounts.health_drivers": "fct_health_scores.drivers",
    "dq_rejected_rows.row_data": "the raw row",
    "dim_contacts.contact_label": "labels.csv",
    "dim_labels.code": "policy",
    "dim_labels.label": "policy",
    "fct_activities.contact_label": "labels.csv",
    "fct_survey_answers.contact_label": "labels.csv",
    "fct_expansion_signals.action": "policy",
    "fct_expansion_signals.label": "policy",
    "fct_health_drivers.label": "policy",
    "fct_retention.segment_label": "names of people and plans, and the ranges of ARR tiers",
    "rpt_health_mix.segment_label": "fct_retention.segment_label",
    "rpt_health_moves.segment_label": "fct_retention.segment_label",
    "rpt_leakage_points.segment_label": "fct_retention.segment_label",
    "rpt_retention_decomposition.segment_label": "fct_retention.segment_label",
    "fct_leading_indicators.label": "policy",
    "fct_playbook_tasks.action": "policy",
    "fct_playbook_triggers.action": "policy",
    "fct_playbook_triggers.exit_condition": "policy",
    "fct_renewals.risk_action": "policy",
    "rpt_csm_worklist.action": "policy",
    "rpt_csm_worklist.risk_action": "policy",
    "rpt_metrics_by_role.label": "policy",
    "rpt_stakeholder_coverage.levels_overdue": "labels.csv",
    "rpt_stakeholder_coverage.roles_missing": "the roles of the raw contract",
    "rpt_stakeholder_coverage.roles_present": "the roles of the raw contract",
    "rpt_executive_scorecard.definition": "policy",
    "rpt_executive_scorecard.label": "policy",
    "rpt_executive_scorecard.unit": "policy",
    "rpt_org_stage.range": "policy",
    "rpt_org_stage.label": "policy",
    "rpt_org_stage.unblocks": "policy",
    "rpt_org_stage.unit": "policy",
    "rpt_scorecard_history.unit": "policy",
    "rpt_scorecard_tiers.unit": "policy",
    "rpt_indicator_validation.label": "policy",
    "rpt_board_evidence.segment": "rpt_retention_decomposition.headline",
    "rpt_board_memo.segment": "rpt_retention_decomposition.headline",
}
BY_ERRORS = {"dq_rejected_rows.detail"}
# Policy texts that users read as they are: table, column and the key that they belong to.
LABELS = (
    ("playbooks", "label", "playbook"),
    ("playbooks", "exit_condition", "playbook"),
    ("playbook_steps", "action", "playbook"),
    ("worklist_facts", "action", "fact"),
    ("risk_levels", "action", "risk_level"),
    ("role_metrics", "label", "figure"),
    ("health_metrics", "label", "metric"),
    ("leading_indicators", "label", "indicator"),
    ("expansion_signals", "label", "signal"),
    ("expansion_signals", "action", "signal"),
    ("churn_reason_categories", "label", "category"),
    ("review_criteria", "label", "criterion"),
    ("scorecard_figures", "label", "figure"),
    ("org_questions", "label", "question"),
    ("org_questions", "unblocks", "question"),
    ("org_maturity", "label", "question"),
    ("labels", "label", "domain"),
    ("scorecard_figures", "definition", "figure"),
    ("board_decisions", "question", "decision"),
    ("board_causes", "bottom_line", "cause"),
    ("board_causes", "call", "cause"),
    ("board_steps", "action", "cause"),
    ("board_evidence", "label", "figure"),
)
# Parts of a sentence that vary within a template.
NUMBER = r"[-+]?\d[\d,.:-]*\d|\d"
MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"


def sentence_columns(marts: duckdb.DuckDBPyConnection) -> set[str]:
    """The text columns of marts, as table.column, with a value of three words or more.

    Names of accounts are the company's own, and in most marts.
    """
    columns = marts.execute(
        "select table_schema, table_name, column_name from information_schema.columns"
        " where table_schema in ('marts', 'quality') and data_type = 'VARCHAR'"
        " and column_name <> 'account_name'"
    ).fetchall()
    return {
        f"{table}.{column}"
        for schema, table, column in columns
        if marts.execute(
            f"select count(*) from {schema}.{table} where {column} like '% % %'"
        ).fetchone()
        != (0,)
    }


def template(sentence: str) -> str:
    """The sentence without what varies: two sentences of one template are equal."""
    without = re.sub(MONTH, "M", sentence)
    without = re.sub(r"\b(sub|con|acc)_\w+", "ID", without)
    without = re.sub(NUMBER, "N", without)
    return re.sub(r"\bis open\b|\bare open\b|s\b", "", without)


def of_marts(marts: duckdb.DuckDBPyConnection) -> Iterable[str]:
    """The page's lines on sentences in marts: an example of each template.

    Of the examples of one template the first by text is shown, so that a page is reproducible.
    """
    for table, column, key in SENTENCES:
        rows = marts.execute(
            f"select distinct cast({key} as varchar) as template_key, {column}"
            f" from marts.{table} where {column} is not null order by 1, 2"
        ).fetchall()
        yield from ("", f"### {table}.{column}", "")
        by_key = key.isidentifier()
        shown: dict[str, str] = {}
        for name, sentence in rows:
            # Where a key says which template it is, one example of it is enough for a headline.
            mark = f"{name} {template(sentence)}" if by_key else name
            shown.setdefault(mark, sentence)
        yield from (f"- {sentence}" for sentence in shown.values())


def of_policy(marts: duckdb.DuckDBPyConnection) -> Iterable[str]:
    """The page's lines on labels: the policy's own texts, by the key that they describe."""
    for table, column, key in LABELS:
        rows = marts.execute(
            f"select {key}, string_agg(distinct {column}, '; ' order by {column})"
            f" from policy.policy_{table} where {column} is not null group by all order by 1"
        ).fetchall()
        yield from ("", f"### {table}.csv, {column}", "", f"| {key} | {column} |", "|---|---|")
        yield from (f"| `{name}` | {text} |" for name, text in rows)


def of_errors(errors: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """The page's lines on errors, by what went wrong."""
    for title, messages in errors.items():
        yield from ("", f"### {title}", "", "```", *messages, "```")


def render(marts: duckdb.DuckDBPyConnection, errors: Mapping[str, Sequence[str]]) -> str:
    """The whole page."""
    return "\n".join(
        [
            "# Messages",
            "",
            "For whoever reviews the wording. This page shows every sentence that users read, each"
            " template once, with the values of a real run. Run `make messages` to regenerate it.",
            "",
            "## Sentences in the marts",
            "",
            "Values are those of the demo company.",
            *of_marts(marts),
            "",
            "## Labels",
            "",
            "These texts come from the policy CSVs. Change them in your own copy.",
            *of_policy(marts),
            "",
            "## Errors and warnings",
            "",
            "Each message says what is wrong, where it is, what was expected and what to do.",
            *of_errors(errors),
            "",
        ]
    )
