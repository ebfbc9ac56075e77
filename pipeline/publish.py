"""Publishing: from a validated build to the snapshot that readers see."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipeline import crm_sync, descriptions, forecast_log, restatements, runs, snapshot
from pipeline.build import DEMO
from pipeline.console import Reporter
from pipeline.engine import attach, attach_new, workbench
from pipeline.outcomes import ExitCode, PublishFailed
from pipeline.personal_data import local_key, pseudonymizer
from pipeline.runs import RunRow
from pipeline.settings import Settings
from pipeline.state import BuildState

BUILD = "build"  # dbt's views name their tables under this catalog
PREVIOUS = "previous"
NEW = "snapshot"
CHANGES_SHOWN = 5


@dataclass(frozen=True)
class BuildFacts:
    """Facts about a build, with the number of rows that readers get. Dates are ISO 8601."""

    as_of_date: str
    last_complete_month: str | None
    reporting_currency: str
    fx_rate_on: str | None
    rows: Mapping[tuple[str, str], int]
    rejected_rows: int

    @property
    def mart_rows(self) -> int:
        """The number of rows in all marts."""
        return sum(rows for (schema, _), rows in self.rows.items() if schema == "marts")


def publish(
    settings: Settings,
    state: BuildState,
    run: RunRow,
    *,
    accepts_restatement: bool,
    reporter: Reporter,
) -> RunRow:
    """Publish the build of `state` as the snapshot of `run`, and return the run's row.

    Raises PublishFailed when the publish fails or is refused. Readers see the previous snapshot
    until the last step, the swap.
    """
    draft = settings.snapshots / f"{snapshot.DRAFT}{run.run_id}"
    try:
        with reporter.stage("publish"):
            snapshot.sweep(settings)
            previous = snapshot.published_folder(settings)
            row = _write_draft(settings, state, run, draft, previous, accepts_restatement, reporter)
            snapshot.seal(draft, settings.snapshots / run.run_id)
            snapshot.swap(settings, run.run_id)
    except (duckdb.Error, OSError) as error:
        raise PublishFailed(f"The snapshot could not be written: {error}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _log_forecasts(settings, row, reporter)
    _tidy(settings, reporter)
    return row


def _write_draft(
    settings: Settings,
    state: BuildState,
    run: RunRow,
    draft: Path,
    previous: Path | None,
    accepts_restatement: bool,
    reporter: Reporter,
) -> RunRow:
    personal = () if settings.publish_pii else state.personal_columns
    with workbench(settings) as connection:
        attach(connection, settings.build_file, BUILD)
        if personal:
            pseudonym = pseudonymizer(local_key(settings))
            connection.create_function("pseudonym", pseudonym, ["VARCHAR"], "VARCHAR")
        tables = snapshot.tables_to_publish(connection, BUILD, personal)
        facts = _facts(connection, tables)
        restatement = restatements.Restatement((), 0)
        earlier: list[RunRow] = []
        compared = None
        if previous:
            earlier, before = _previous_runs(settings, connection, previous)
            # Own data after the demo are another company's. The demo after own data is a mistake.
            if before.raw_source == DEMO != state.raw_source:
                reporter.say("The demo company was published before: its figures are not compared.")
            else:
                compared = PREVIOUS
                restatement = restatements.compare(connection, compared, BUILD)
                _report_restatement(restatement, before, facts, reporter)
                if not accepts_restatement:
                    _refuse_large(restatement, settings.max_restatement)
        now = datetime.now(UTC).replace(tzinfo=None)
        row = replace(
            _with_facts(run, state, facts),
            finished_at=now.isoformat(timespec="seconds"),
            restated_figures=len(restatement.changes),
            replaced_run_id=previous.name if previous else None,
        )
        draft.mkdir(parents=True)
        attach_new(connection, draft / snapshot.DATABASE, NEW)
        snapshot.copy_tables(connection, BUILD, NEW, tables)
        restatements.write_table(connection, NEW, compared, restatement.changes, now)
        crm_sync.write_table(connection, NEW, compared, date.fromisoformat(facts.as_of_date))
        # The previous snapshot records a run that was killed before it wrote its line in the log.
        known = runs.merged(earlier, runs.read_log(settings.runs_file), [row])
        runs.write_table(connection, NEW, known)
        made_here = runs.COMMENTS | restatements.COMMENTS | crm_sync.COMMENTS
        comments = {**state.descriptions, **made_here}
        descriptions.write(connection, NEW, comments)
        snapshot.write_parquet(connection, NEW, draft)
        connection.execute(f"checkpoint {NEW}")
        connection.execute(f"detach {NEW}")
    snapshot.check(draft, facts.rows)
    return row


def _previous_runs(
    settings: Settings, connection: duckdb.DuckDBPyConnection, folder: Path
) -> tuple[list[RunRow], RunRow]:
    """All runs in the previous snapshot, and the run that made it.

    Raises PublishFailed when the snapshot cannot be read.
    """
    try:
        attach(connection, folder / snapshot.DATABASE, PREVIOUS)
        found = runs.read_table(connection, PREVIOUS)
    except (duckdb.Error, OSError, TypeError) as error:
        raise snapshot.unreadable(settings, folder, error) from error
    for row in found:
        if row.run_id == folder.name:
            return found, row
    raise snapshot.unreadable(settings, folder, "its table of runs lacks its own run")


def _with_facts(run: RunRow, state: BuildState, facts: BuildFacts) -> RunRow:
    """The run's row with the facts about its build."""
    return replace(
        run,
        outcome=ExitCode.PUBLISHED.word,
        exit_code=int(ExitCode.PUBLISHED),
        build_id=state.build_id,
        raw_source=state.raw_source,
        as_of_date=facts.as_of_date,
        last_complete_month=facts.last_complete_month,
        reporting_currency=facts.reporting_currency,
        fx_rate_on=facts.fx_rate_on,
        mart_rows=facts.mart_rows,
        rejected_rows=facts.rejected_rows,
    )


def _facts(connection: duckdb.DuckDBPyConnection, tables: tuple[snapshot.Table, ...]) -> BuildFacts:
    context = connection.execute(
        "select as_of_date, last_complete_month, reporting_currency, fx_rate_on "
        f"from {BUILD}.intermediate.int_run_context"
    ).fetchone()
    rejected = connection.execute(
        f"select coalesce(sum(rejected_rows), 0)::bigint from {BUILD}.quality.dq_reconciliation"
    ).fetchone()
    if context is None or rejected is None:
        raise PublishFailed("The build has no as-of date: start `python -m pipeline run` again.")
    counts = snapshot.row_counts(connection, BUILD)
    as_of_date, last_complete_month, currency, fx_rate_on = context
    return BuildFacts(
        as_of_date=str(as_of_date),
        last_complete_month=_text(last_complete_month),
        reporting_currency=currency,
        fx_rate_on=_text(fx_rate_on),
        rows={(table.schema, table.name): counts[table.schema, table.name] for table in tables},
        rejected_rows=rejected[0],
    )


def _report_restatement(
    restatement: restatements.Restatement,
    before: RunRow,
    facts: BuildFacts,
    reporter: Reporter,
) -> None:
    for line in restatement.summary():
        reporter.warn(line)
    if restatement.changes and before.fx_rate_on != facts.fx_rate_on:
        reporter.warn(
            f"The constant exchange rates are now those of {facts.fx_rate_on}, not those of "
            f"{before.fx_rate_on}. This restates amounts in other currencies once a year."
        )
    if restatement.changes and before.reporting_currency != facts.reporting_currency:
        reporter.warn(
            f"The reporting currency is now {facts.reporting_currency}, not "
            f"{before.reporting_currency}. This restates every amount."
        )


def _refuse_large(restatement: restatements.Restatement, limit: float) -> None:
    large = restatement.above(limit)
    if not large:
        return
    months = restatements.count_of({change.month for change in large}, "complete month")
    lines = [f"  {change}" for change in large[:CHANGES_SHOWN]]
    if len(large) > CHANGES_SHOWN:
        lines.append(f"  ... and {len(large) - CHANGES_SHOWN} more figures")
    raise PublishFailed(
        f"Refused: MRR of {months} would change by more than {limit:.2%} of the month's MRR, in "
        f"{restatement.changed_accounts}:\n"
        + "\n".join(lines)
        + "\nIf these changes are right, publish them with --accept-restatement.",
        restatements=[_as_dict(change) for change in large],
    )


def _as_dict(change: restatements.Change) -> dict[str, Any]:
    return {
        "table_name": change.table,
        "month": change.month.isoformat(),
        "figure": change.figure,
        "previous_value": change.previous_value,
        "new_value": change.new_value,
        "change": change.amount,
    }


# Failures from here on do not undo the publish.


def _log_forecasts(settings: Settings, row: RunRow, reporter: Reporter) -> None:
    try:
        forecast_log.append_published(
            settings, row.run_id, row.finished_at, row.raw_source == DEMO, reporter
        )
    except (duckdb.Error, OSError) as error:
        reporter.warn(f"The forecasts could not be added to their log: {error}")


def _tidy(settings: Settings, reporter: Reporter) -> None:
    try:
        for run_id in snapshot.prune(settings):
            reporter.say(f"Removed the old snapshot {run_id}.")
    except OSError as error:
        reporter.warn(f"An old snapshot could not be removed: {error}")


def _text(value: object) -> str | None:
    return None if value is None else str(value)
