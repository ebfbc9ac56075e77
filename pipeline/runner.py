"""The commands: each works under the lock, and adds a line to the log of runs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import duckdb

from pipeline import erased, forecast_log, snapshot
from pipeline.build import DEMO, BuildOptions, build
from pipeline.console import Reporter
from pipeline.erase import erase
from pipeline.files import is_readable, reason_of
from pipeline.lock import held
from pipeline.modes import make_private
from pipeline.outcomes import ExitCode, PipelineError, PublishFailed, plain_message
from pipeline.publish import publish
from pipeline.runs import RunRow, append_to_log, examine_log
from pipeline.settings import Settings
from pipeline.state import (
    BuildState,
    clear_build,
    current_build,
    read_state,
    record_build,
    record_validation,
)
from pipeline.status import published_before
from pipeline.validation import validate

NOT_PUBLISHABLE = (
    "There is no complete build to publish: the last build failed or was interrupted, or something "
    "such as a manual `dbt build` changed its file later. Start `python -m pipeline run`."
)


def run(
    settings: Settings, options: BuildOptions, *, accepts_restatement: bool, reporter: Reporter
) -> RunRow:
    """Build, validate and publish. Raises a PipelineError with the reason of an early end."""

    def work(row: RunRow) -> RunRow:
        erased.check(settings)
        _, flaw = read_state(settings)
        if flaw:
            reporter.warn(flaw)
        clear_build(settings, row.run_id)
        forecast_log.repair(settings, options.raw_source == DEMO, row.run_id, reporter)
        build(settings, options, reporter)
        state = record_build(settings, row.run_id, _now(), options.raw_source)
        state = _validated(settings, state, reporter)
        return publish(
            settings, state, row, accepts_restatement=accepts_restatement, reporter=reporter
        )

    return _recorded(settings, "run", work, reporter)


def validate_current(settings: Settings, reporter: Reporter) -> RunRow:
    """Evaluate the expectations on the current build, from `run` or from a manual `dbt build`.

    Raises ExpectationsFailed. Only a build from `run` can be published afterwards.
    """

    def work(row: RunRow) -> RunRow:
        state = current_build(settings)
        if state is None:
            validate(settings, reporter)
            reporter.warn(
                "All expectations hold, but this build cannot be published. "
                + _not_publishable(settings)
            )
        else:
            state = _validated(settings, state, reporter)
        return replace(
            row,
            finished_at=_now(),
            outcome="validated",
            build_id=state.build_id if state else None,
            raw_source=state.raw_source if state else None,
        )

    return _recorded(settings, "validate", work, reporter)


def publish_current(settings: Settings, *, accepts_restatement: bool, reporter: Reporter) -> RunRow:
    """Publish the current build. Raises PublishFailed unless it is complete and validated."""

    def work(row: RunRow) -> RunRow:
        state = current_build(settings)
        if state is None:
            raise PublishFailed(_not_publishable(settings))
        if not state.is_validated:
            raise PublishFailed(
                f"The build of run {state.build_id} has not passed its expectations: "
                "start `python -m pipeline validate` first."
            )
        return publish(
            settings, state, row, accepts_restatement=accepts_restatement, reporter=reporter
        )

    return _recorded(settings, "publish", work, reporter)


def rollback(settings: Settings, to: str | None, reporter: Reporter) -> RunRow:
    """Publish an earlier snapshot again: `to`, else the one that the published one replaced.

    Raises PublishFailed when the snapshot is not stored.
    """

    def work(row: RunRow) -> RunRow:
        stored = snapshot.stored(settings)
        previous = snapshot.published_run(settings)
        target = to or published_before(settings)
        if target is None or target not in stored:
            raise PublishFailed(
                f"There is no snapshot {target or 'before the published one'} to go back to. "
                f"Stored snapshots: {', '.join(stored) or 'none'}."
            )
        snapshot.check_readable(settings, target)
        try:
            snapshot.swap(settings, target)
        except OSError as error:
            raise PublishFailed(f"The symlink could not be changed: {error}") from error
        return replace(
            row,
            finished_at=_now(),
            outcome="rolled_back",
            replaced_run_id=previous,
            message=f"readers now see {target}",
        )

    return _recorded(settings, "rollback", work, reporter)


def erase_person(settings: Settings, kind: str, value: str, reporter: Reporter) -> RunRow:
    """Erase the person of a contact id, a user id or an e-mail address, without recording who.

    Raises BadInput or PublishFailed when a file still holds the person.
    """

    def work(row: RunRow) -> RunRow:
        done = erase(settings, kind, value, reporter)
        return replace(row, finished_at=_now(), outcome=erased.OUTCOME, message=str(done))

    return _recorded(settings, "erase", work, reporter)


def _recorded(
    settings: Settings, command: str, work: Callable[[RunRow], RunRow], reporter: Reporter
) -> RunRow:
    with held(settings.lock_file, f"pipeline {command}"):
        began = datetime.now(UTC)
        row = RunRow(
            run_id=began.strftime("%Y%m%dT%H%M%S-%f"),
            command=command,
            started_at=_now(),
            finished_at=_now(),
            outcome=ExitCode.PUBLISHED.word,
            exit_code=int(ExitCode.PUBLISHED),
        )
        for message in make_private(settings.build_file):
            reporter.warn(message)
        if flaw := examine_log(settings.runs_file)[1]:
            reporter.warn(flaw)
        try:
            row = _with_plain_errors(work, row)
        except PipelineError as error:
            failed = replace(
                row,
                finished_at=_now(),
                outcome=error.exit_code.word,
                exit_code=int(error.exit_code),
                message=str(error),
            )
            _log(settings, failed, reporter)
            raise
        _log(settings, row, reporter)
        return row


def _with_plain_errors(work: Callable[[RunRow], RunRow], row: RunRow) -> RunRow:
    """Do the work, and turn unexpected errors of files and DuckDB into a plain message."""
    try:
        return work(row)
    except (OSError, duckdb.Error) as error:
        raise PublishFailed(plain_message(error)) from error


def _not_publishable(settings: Settings) -> str:
    _, flaw = read_state(settings)
    return flaw or NOT_PUBLISHABLE


def _validated(settings: Settings, state: BuildState, reporter: Reporter) -> BuildState:
    validate(settings, reporter)
    return record_validation(settings, state)


def _log(settings: Settings, row: RunRow, reporter: Reporter) -> None:
    if not is_readable(settings.runs_file):
        return  # a warning at the start of the run said so
    try:
        append_to_log(settings.runs_file, row)
    except OSError as error:
        reporter.warn(
            f"{settings.runs_file} cannot be written ({reason_of(error)}), so it lacks this run. "
            "Let this user write to it, or move it away."
        )


def _now() -> str:
    return datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
