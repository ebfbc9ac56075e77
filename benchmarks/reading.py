"""How long readers of a snapshot wait: for the questions of analyses/, and for what BI filters."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import duckdb

from pipeline import snapshot
from pipeline.engine import attach, attach_new

TIMES = 20
BUILD = "build"  # Compiled SQL names its tables under it.

# An account and a date are filled in.
FILTERS = {
    "accounts of a tier": "select * from build.marts.dim_accounts where touch_tier = 'high_touch'",
    "scores of a date": """
        select * from build.marts.fct_health_scores
        where snapshot_date = '{date}' and is_active_scheme order by health_score limit 100
    """,
    "scores of an account": """
        select snapshot_date, health_score, health_status, drivers
        from build.marts.fct_health_scores
        where account_id = '{account}' and is_active_scheme order by snapshot_date
    """,
    "drivers of an account": """
        select * from build.marts.fct_health_drivers
        where account_id = '{account}' and snapshot_date = '{date}' order by driver_rank
    """,
    "metrics of an account over time": """
        select * from build.marts.fct_health_metrics
        where account_id = '{account}' order by metric, snapshot_date
    """,
    "a metric over time": """
        select snapshot_date, median(value) as value from build.marts.fct_health_metrics
        where metric = 'logins_per_user' group by snapshot_date order by snapshot_date
    """,
    "MRR by month and tier": """
        select month, touch_tier, sum(mrr) as mrr from build.marts.fct_account_segments
        group by month, touch_tier order by month
    """,
    "ledger of an account": """
        select * from build.marts.fct_mrr_monthly where account_id = '{account}' order by month
    """,
    "retention by tier": """
        select month, segment, grr, nrr from build.marts.fct_retention
        where window_months = 12 and segment_type = 'touch_tier' order by month
    """,
    "use of an account": """
        select * from build.marts.fct_usage_monthly where account_id = '{account}' order by month
    """,
    "indicators of a date": """
        select indicator, severity, count(*) as accounts
        from build.marts.fct_leading_indicators where snapshot_date = '{date}'
        group by indicator, severity
    """,
}


@dataclass(frozen=True)
class Waits:
    """Milliseconds that the readings of one query took, by query."""

    by_query: Mapping[str, list[float]]

    def percentile(self, percent: int, query: str | None = None) -> float:
        """Of one query, or of all of them."""
        waits = self.by_query[query] if query else list(chain.from_iterable(self.by_query.values()))
        return statistics.quantiles(waits, n=100, method="inclusive")[percent - 1]

    @property
    def slowest(self) -> str:
        """The query whose median is highest."""
        return max(self.by_query, key=lambda query: self.percentile(50, query))


def publish(build_file: Path, folder: Path) -> None:
    """Write a snapshot as the pipeline does, of a build that it need not have made itself."""
    folder.mkdir()
    with duckdb.connect() as connection:
        attach(connection, build_file, BUILD)
        attach_new(connection, folder / snapshot.DATABASE, "snapshot")
        tables = snapshot.tables_to_publish(connection, BUILD, ())
        snapshot.copy_tables(connection, BUILD, "snapshot", tables)
        snapshot.write_parquet(connection, "snapshot", folder)


def analyses(target: Path) -> dict[str, str]:
    """Compiled analyses by name, but those of the build file: readers do not get rejected rows."""
    nodes = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"].values()
    return {
        node["name"]: node["compiled_code"]
        for node in nodes
        if node["resource_type"] == "analysis"
        and node["depends_on"]["nodes"] != ["model.customer_success_warehouse.dq_rejected_rows"]
    }


def filters(folder: Path) -> dict[str, str]:
    """The filters, for the account with most rows of drivers and the latest date."""
    with duckdb.connect() as connection:
        attach(connection, folder / snapshot.DATABASE, BUILD)
        account, date = connection.sql(
            "select mode(account_id), max(snapshot_date) from build.marts.fct_health_drivers"
        ).fetchall()[0]
    return {name: sql.format(account=account, date=date) for name, sql in FILTERS.items()}


def waits(folder: Path, queries: Mapping[str, str]) -> Waits:
    """Ask each query some times of the published database, the rows fetched."""
    found: dict[str, list[float]] = {name: [] for name in queries}
    with duckdb.connect(config={"threads": 2}) as connection:
        attach(connection, folder / snapshot.DATABASE, BUILD)
        for _ in range(TIMES):
            for name, sql in queries.items():
                begun = time.perf_counter()
                connection.sql(sql).fetchall()
                found[name].append(1000 * (time.perf_counter() - begun))
    return Waits(found)
