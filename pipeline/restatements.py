"""Restatements: changes of figures of complete months that readers have already seen."""

from collections.abc import Sequence, Sized
from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from pipeline.engine import columns_of, has_table

RESTATEMENTS_TABLE = "rpt_restatements"
COLUMN_TYPES = {
    "published_at": "timestamp",
    "table_name": "varchar",
    "month": "date",
    "figure": "varchar",
    "previous_value": "double",
    "new_value": "double",
    "change": "double",
}
DESCRIPTIONS = {
    "published_at": "Time of the publish, UTC.",
    "table_name": "The mart.",
    "month": "First day of the complete month.",
    "figure": "The figure, named after its column.",
    "previous_value": "The value published before, null where there was none. "
    "[unit: mixed, format: 0.00, additivity: none]",
    "new_value": "The value published now, null where there is none. "
    "[unit: mixed, format: 0.00, additivity: none]",
    "change": "new_value - previous_value, where null counts as 0. "
    "[unit: mixed, format: 0.00, additivity: none]",
}
COMMENTS = {
    f"quality.{RESTATEMENTS_TABLE}": "One row per publish, mart, complete month and figure that "
    "the publish changed."
} | {f"quality.{RESTATEMENTS_TABLE}.{name}": text for name, text in DESCRIPTIONS.items()}
HALF_A_CENT = 0.005
HALF_A_BILLIONTH = 5e-10


@dataclass(frozen=True)
class Comparison:
    """Figures of one mart by month. A publish must report every change of them.

    `month` is SQL of the calendar month of a row. `where` selects the rows that a figure sums.
    `suffix` is SQL of a suffix to the figure's name.
    """

    table: str
    month: str
    figures: tuple[str, ...]
    tolerance: float
    where: str = "true"
    suffix: str = "''"


MONEY = (
    "closing_mrr",
    "new_mrr",
    "reactivation_mrr",
    "expansion_mrr",
    "contraction_mrr",
    "churn_mrr",
    "reported_closing_mrr",
)
MRR = Comparison("fct_mrr_monthly", "month", MONEY, HALF_A_CENT)
RETENTION = "segment_type = 'all'"
COHORT_MONTH = "cast(cohort + age_months * interval '1' month as date)"
COHORT_SUFFIX = "'_cohort_' || strftime(cohort, '%Y_%m')"
COHORTS = "cohort_grain = 'month' and segment_type = 'all'"
COMPARISONS = (
    MRR,
    Comparison(
        "fct_retention",
        "month",
        ("starting_mrr", "churn_mrr", "contraction_mrr", "expansion_mrr"),
        HALF_A_CENT,
        RETENTION,
        "'_' || window_months || 'm'",
    ),
    Comparison(
        "fct_retention",
        "month",
        ("grr", "nrr", "logo_retention"),
        HALF_A_BILLIONTH,
        RETENTION,
        "'_' || window_months || 'm'",
    ),
    Comparison(
        "fct_cohort_retention",
        COHORT_MONTH,
        ("retained_accounts", "retained_mrr"),
        HALF_A_CENT,
        COHORTS,
        COHORT_SUFFIX,
    ),
)


@dataclass(frozen=True)
class Change:
    """A changed figure of a complete month. A value is None where the figure is absent.

    `base` is the month's published closing MRR, for figures of MRR.
    """

    table: str
    month: date
    figure: str
    previous_value: float | None
    new_value: float | None
    base: float | None

    @property
    def amount(self) -> float:
        """New value less previous value. An absent value counts as 0."""
        return (self.new_value or 0.0) - (self.previous_value or 0.0)

    @property
    def share(self) -> float:
        """The size of the change as a share of the month's MRR. 0 for figures other than MRR."""
        if self.table != MRR.table:
            return 0.0
        return abs(self.amount) / self.base if self.base else float("inf")

    def __str__(self) -> str:
        share = f"{self.share:.2%}" if self.base else "no MRR before"
        return (
            f"{self.month:%Y-%m} {self.figure}: {_number(self.previous_value)} -> "
            f"{_number(self.new_value)} ({share})"
        )


@dataclass(frozen=True)
class Restatement:
    """All changes, and the number of accounts whose closing MRR changes."""

    changes: tuple[Change, ...]
    accounts: int

    @property
    def changed_accounts(self) -> str:
        """The number of changed accounts as text."""
        return count_of(range(self.accounts), "account")

    def above(self, limit: float) -> tuple[Change, ...]:
        """Changes of MRR larger than `limit`, a share of the month's MRR. The largest first."""
        large = (change for change in self.changes if change.share > limit)
        return tuple(sorted(large, key=lambda change: -change.share))

    def summary(self) -> list[str]:
        """One line about the changes of each mart."""
        lines = []
        for table in dict.fromkeys(change.table for change in self.changes):
            changes = [change for change in self.changes if change.table == table]
            months = sorted({change.month for change in changes})
            lines.append(
                f"{table}: {count_of(changes, 'figure')} restated in "
                f"{count_of(months, 'complete month')} ({months[0]:%Y-%m} to {months[-1]:%Y-%m})"
                + (f", {self.changed_accounts}" if table == MRR.table else "")
            )
        return lines


def count_of(things: Sized, name: str) -> str:
    """The number of things as text, such as `2 accounts`."""
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"


def compare(connection: duckdb.DuckDBPyConnection, published: str, build: str) -> Restatement:
    """Compare the complete months of two attached files: `published` and `build`.

    A month that is complete in one file and missing or incomplete in the other has changed.
    """
    complete = f"(select max(month) from {published}.marts.dim_dates where is_complete_month)"
    known = f"(select max(month) from {build}.marts.dim_dates where is_complete_month)"
    months = f"month <= least({complete}, {known})"
    changes: list[Change] = []
    for comparison in COMPARISONS:
        figures = _shared_figures(connection, comparison, published, build)
        if figures:
            previous = _figures_sql(comparison, figures, published, f"month <= {complete}")
            new = _figures_sql(comparison, figures, build, months)
            changes.extend(_changes(connection, comparison, previous, new, published))
    accounts = _changed_accounts(connection, published, build, complete) if changes else 0
    return Restatement(tuple(changes), accounts)


def write_table(
    connection: duckdb.DuckDBPyConnection,
    catalog: str,
    published: str | None,
    changes: Sequence[Change],
    published_at: datetime,
) -> None:
    """Make a snapshot's table of restatements: the rows of `published`, and `changes`."""
    target = f"{catalog}.quality.{RESTATEMENTS_TABLE}"
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMN_TYPES.items())
    connection.execute(f"create table {target} ({columns})")
    if published and has_table(connection, published, "quality", RESTATEMENTS_TABLE):
        connection.execute(f"insert into {target} from {published}.quality.{RESTATEMENTS_TABLE}")
    values = [
        [getattr(change, name) for change in changes]
        for name in ("table", "month", "figure", "previous_value", "new_value", "amount")
    ]
    connection.execute(
        f"insert into {target} select ?, unnest(?::varchar[]), unnest(?::date[]), "
        "unnest(?::varchar[]), unnest(?::double[]), unnest(?::double[]), unnest(?::double[])",
        [published_at, *values],
    )


def _shared_figures(
    connection: duckdb.DuckDBPyConnection, comparison: Comparison, *catalogs: str
) -> tuple[str, ...]:
    """The figures in both files. A snapshot of an earlier version may lack some."""
    held = [columns_of(connection, catalog, "marts", comparison.table) for catalog in catalogs]
    return tuple(name for name in comparison.figures if all(name in names for names in held))


def _figures_sql(comparison: Comparison, figures: Sequence[str], catalog: str, months: str) -> str:
    sums = ", ".join(f"cast(sum({figure}) as double) as {figure}" for figure in figures)
    return f"""
        select month, figure || suffix as figure, value
        from (
            unpivot (
                select {comparison.month} as month, {comparison.suffix} as suffix, {sums}
                from {catalog}.marts.{comparison.table}
                where {comparison.where}
                group by 1, 2
            ) on {", ".join(figures)} into name figure value value
        )
        where {months}
    """


def _changes(
    connection: duckdb.DuckDBPyConnection,
    comparison: Comparison,
    previous: str,
    new: str,
    published: str,
) -> list[Change]:
    found = connection.execute(
        f"""
        with
        previous as ({previous}),
        new as ({new}),
        base as (
            select month, cast(sum(closing_mrr) as double) as base
            from {published}.marts.{MRR.table}
            group by month
        )
        select month, figure, previous.value, new.value, base.base
        from previous
        full join new using (month, figure)
        left join base using (month)
        where abs(coalesce(new.value, 0) - coalesce(previous.value, 0)) > {comparison.tolerance}
        order by month, figure
        """
    ).fetchall()
    return [Change(comparison.table, *row) for row in found]


def _changed_accounts(
    connection: duckdb.DuckDBPyConnection, published: str, build: str, complete: str
) -> int:
    found = connection.execute(
        f"""
        select count(distinct account_id)
        from {published}.marts.{MRR.table} as previous
        full join {build}.marts.{MRR.table} as new using (account_id, month)
        where month <= {complete}
            and coalesce(previous.closing_mrr, 0) <> coalesce(new.closing_mrr, 0)
        """
    ).fetchone()
    return int(found[0]) if found else 0


def _number(value: float | None) -> str:
    return "nothing" if value is None else f"{value:,.2f}"
