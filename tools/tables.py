"""Markdown tables of what the demo says, for the README."""

from typing import Any

import duckdb

from tools.domains import DOMAINS, Model, marts_of

RETENTION = """
select segment_label as segment, starting_accounts as customers,
    format('{:,.2f}', starting_mrr) as "MRR a year ago",
    format('{:.1f} %', 100 * grr) as "GRR", format('{:.1f} %', 100 * nrr) as "NRR",
    format('{:.1f} %', 100 * logo_retention) as logo_retention, verdict
from marts.rpt_retention_decomposition as decomposition
where quarter = (select max(quarter) from marts.rpt_retention_decomposition)
    and segment_type in ('all', 'arr_tier')
order by starting_mrr desc
"""
HEADLINE = """
select headline from marts.rpt_retention_decomposition
where segment_type = 'all' order by quarter desc limit 1
"""
WORKLIST = """
select account_name as account, band, why, action as next_step,
    coalesce(cast(due_on as varchar), '') as due,
    format('{:,.0f}', arr_at_risk) as "ARR at risk"
from marts.rpt_csm_worklist
where csm_id = (
    select csm_id from marts.rpt_csm_worklist where csm_id <> '(none)'
    order by arr_at_risk desc, csm_id limit 1
)
order by priority_rank limit 5
"""


def markdown(columns: list[str], rows: list[tuple[Any, ...]]) -> str:
    """A table of Markdown."""
    lines = [columns, ["---"] * len(columns), *([str(value) for value in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def answer(marts: duckdb.DuckDBPyConnection, sql: str) -> str:
    """What a query returns, as a table whose headings are words."""
    cursor = marts.execute(sql)
    columns = [column[0].replace("_", " ") for column in cursor.description]
    return markdown(columns, cursor.fetchall())


def retention(marts: duckdb.DuckDBPyConnection) -> str:
    """Retention by tier, and the headline of the whole company."""
    (headline,) = marts.execute(HEADLINE).fetchone()
    return f"{answer(marts, RETENTION)}\n\n> {headline}"


def domains(models: dict[str, Model]) -> str:
    """A row for each domain: the question it answers, and its marts."""
    rows = []
    for name, (question, page) in DOMAINS.items():
        marts = ", ".join(f"`{model.name}`" for model in marts_of(models, name))
        rows.append((f"[{name}](docs/{page})", question, marts))
    return markdown(["domain", "question", "marts"], rows)
