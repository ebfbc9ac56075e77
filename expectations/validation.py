"""Evaluate every suite on a build with Great Expectations, and write its Data Docs."""

import os
import shutil
import warnings
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
from duckdb_sqlalchemy import Dialect
from sqlalchemy.dialects import registry

os.environ["GX_ANALYTICS_ENABLED"] = "false"
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of the optional engines that it tries to import
    import great_expectations as gx
    from great_expectations.data_context import AbstractDataContext
    from great_expectations.data_context.types.base import ProgressBarsConfig

    from expectations import (
        accounts,
        coverage,
        executive,
        forecast,
        health,
        playbooks,
        quality,
        retention,
        revenue,
        segmentation,
        usage,
        value,
    )
    from expectations.suite import Suite

DOMAINS = (
    *(revenue, usage, segmentation, health, retention, forecast, coverage, playbooks),
    *(value, accounts, executive, quality),
)
SUITES = tuple(suite for domain in DOMAINS for suite in domain.SUITES)
EXAMPLES = 3


class ReadOnlyDuckDB(Dialect):
    """DuckDB without transactions: a DuckDB result dies with its own, and GX ends it too early."""

    supports_statement_cache = False

    def do_begin(self, dbapi_connection: Any) -> None:
        """Nothing to begin: the connection only reads."""

    def do_commit(self, dbapi_connection: Any) -> None:
        """Nothing to commit."""

    def do_rollback(self, dbapi_connection: Any) -> None:
        """Nothing to roll back."""


registry.register("duckdb_read_only", __name__, ReadOnlyDuckDB.__name__)


@dataclass(frozen=True)
class Finding:
    """An expectation that does not hold; `is_error` when it could not even be evaluated."""

    table: str
    sentence: str
    is_error: bool
    detail: str

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for `--json`."""
        return asdict(self)


@dataclass(frozen=True)
class Report:
    """What a validation found in `evaluated` expectations."""

    evaluated: int
    findings: tuple[Finding, ...]

    def words(self) -> list[str]:
        """A heading for each kind of finding, and a line for each finding."""
        lines = []
        for is_error, heading in ((False, "do not hold"), (True, "could not be evaluated")):
            found = [finding for finding in self.findings if finding.is_error is is_error]
            if found:
                lines.append(f"{len(found)} of {self.evaluated} expectations {heading}:")
                lines.extend(f"  {f.table}: {f.sentence} {f.detail}" for f in found)
        return lines


def validate_build(build_file: Path, data_docs: Path, memory_limit: str) -> Report:
    """Evaluate every suite on `build_file`, which nobody writes to meanwhile.

    Raises duckdb.Error when the file cannot be opened.
    """
    present = _tables(build_file)
    missing = tuple(
        Finding(suite.table, "The table must be there.", True, "It was not built.")
        for suite in SUITES
        if suite.table not in present
    )
    suites = [suite for suite in SUITES if suite.table in present]
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    results = _run(context, suites, build_file, memory_limit)
    _write_docs(context, data_docs)
    findings = (finding for table, result in results for finding in _findings(table, result))
    evaluated = sum(len(suite.expectations) for suite in SUITES)
    return Report(evaluated, missing + tuple(findings))


def _tables(build_file: Path) -> set[str]:
    with duckdb.connect(str(build_file), read_only=True) as connection:
        found = connection.execute(
            "select table_schema || '.' || table_name from information_schema.tables"
        ).fetchall()
    return {name for (name,) in found}


def _run(
    context: AbstractDataContext, suites: list[Suite], build_file: Path, memory_limit: str
) -> list[tuple[str, Any]]:
    # What the suites ask of the build needs no other file.
    config = {"memory_limit": memory_limit, "enable_external_access": False}
    source = context.data_sources.add_sql(
        name="build",
        connection_string=f"duckdb_read_only:///{build_file}",
        create_temp_table=False,
        kwargs={"connect_args": {"read_only": True, "config": config}},
    )
    definitions = []
    for suite in suites:
        # A table asset would lose its schema.
        asset = source.add_query_asset(name=suite.table, query=f"select * from {suite.table}")
        expected = context.suites.add(
            gx.ExpectationSuite(
                # Copies, as GX lets an expectation belong to one suite of one context.
                name=suite.table,
                expectations=[copy(each) for each in suite.expectations],
            )
        )
        definition = gx.ValidationDefinition(
            name=suite.table, data=asset.add_batch_definition_whole_table("all"), suite=expected
        )
        definitions.append(context.validation_definitions.add(definition))
    checkpoint = context.checkpoints.add(
        gx.Checkpoint(
            name="build",
            validation_definitions=definitions,
            result_format={"result_format": "COMPLETE"},
        )
    )
    ran = checkpoint.run().run_results.values()
    # A pooled connection would keep the file open, and the publish could not attach it.
    source.get_execution_engine().close()
    source.get_engine().dispose()
    return [(result.suite_name, each) for result in ran for each in result.results]


def _findings(table: str, result: Any) -> Iterator[Finding]:
    if result.success:
        return
    config = result.expectation_config
    sentence = config.description or config.type
    if error := _engine_error(result.exception_info):
        yield Finding(table, sentence, True, error)
        return
    rows = result.result["details"]["unexpected_rows"]
    shown = "; ".join(_plain(row) for row in rows[:EXAMPLES])
    count = result.result["observed_value"]
    yield Finding(table, sentence, False, f"{count} rows break it, such as {shown}")


def _engine_error(info: Mapping[str, Any]) -> str:
    """The engine's own words; GX gives one entry, or one for each metric, and no failure either."""
    entries = [info] if "raised_exception" in info else list(info.values())
    messages = [entry["exception_message"] for entry in entries if entry["raised_exception"]]
    return "; ".join(dict.fromkeys(str(message).splitlines()[0] for message in messages))


def _plain(row: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in row.items())


def _write_docs(context: AbstractDataContext, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    store = {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder)}
    context.add_data_docs_site(
        site_name="build",
        site_config={
            "class_name": "SiteBuilder",
            "show_how_to_buttons": False,
            "store_backend": store,
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        },
    )
    context.build_data_docs(site_names=["build"])
