"""The commands: what each does, under the lock, and the line it leaves in the log of runs."""

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
from pipeline.outcomes import ExitCode, PipelineError, PublishFailed, in_words
from pipeline.publish import publish
from pipeline.runs import RunRow, append_to_log, examine_log
from pipeline.settings import Settings
from pipeline.state import (
    BuildState,
    examine_state,
    forget_build,
    recall_build,
    remember_build,
    remember_validation,
)
from pipeline.status import published_before
from pipeline.validation import validate

NOT_PUBLISHABLE = (
    "There is no whole build to publish: the last one failed, was interrupted, or the file was "
    "written to since (a `dbt build` by hand, say). `python -m pipeline run` makes one."
)


def run(
    settings: Settings, options: BuildOptions, *, accepts_restatement: bool, reporter: Reporter
) -> RunRow:
    """Build, validate and publish. Raises a PipelineError that says where it stopped."""

    def work(row: RunRow) -> RunRow:
        erased.check(settings)
        _, flaw = examine_state(settings)
        if flaw:
            reporter.warn(flaw)
        forget_build(settings, row.run_id)
        forecast_log.mend(settings, options.raw_source == DEMO, row.run_id, reporter)
        build(settings, options, reporter)
        state = remember_build(settings, row.run_id, _now(), options.raw_source)
        state = _validated(settings, state, reporter)
        return publish(
            settings, state, row, accepts_restatement=accepts_restatement, reporter=reporter
        )

    return _recorded(settings, "run", work, reporter)


def validate_standing(settings: Settings, reporter: Reporter) -> RunRow:
    """Evaluate the expectations on the standing build, whoever made it.

    Raises ExpectationsFailed. Only a build that `run` made becomes publishable by it.
    """

    def work(row: RunRow) -> RunRow:
        state = recall_build(settings)
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


def publish_standing(
    settings: Settings, *, accepts_restatement: bool, reporter: Reporter
) -> RunRow:
    """Publish the standing build. Raises PublishFailed when it is not whole and validated."""

    def work(row: RunRow) -> RunRow:
        state = recall_build(settings)
        if state is None:
            raise PublishFailed(_not_publishable(settings))
        if not state.is_validated:
            raise PublishFailed(
                f"The build of run {state.build_id} has not passed its expectations: "
                "`python -m pipeline validate` first."
            )
        return publish(
            settings, state, row, accepts_restatement=accepts_restatement, reporter=reporter
        )

    return _recorded(settings, "publish", work, reporter)


def rollback(settings: Settings, to: str | None, reporter: Reporter) -> RunRow:
    """Let readers see an earlier snapshot: `to`, else the one that the published one replaced.

    Raises PublishFailed when it is not kept.
    """

    def work(row: RunRow) -> RunRow:
        kept = snapshot.kept(settings)
        previous = snapshot.published_run(settings)
        target = to or published_before(settings)
        if target is None or target not in kept:
            raise PublishFailed(
                f"There is no snapshot {target or 'before the published one'} to go back to. "
                f"Kept are: {', '.join(kept) or 'none'}."
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
            message=f"readers see {target}",
        )

    return _recorded(settings, "rollback", work, reporter)


def erase_person(settings: Settings, kind: str, value: str, reporter: Reporter) -> RunRow:
    """Erase the person of a contact id, a user id or an e-mail address. Records not whom.

    Raises BadInput or PublishFailed when it cannot be done everywhere.
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
        for said in make_private(settings.build_file):
            reporter.warn(said)
        if flaw := examine_log(settings.runs_file)[1]:
            reporter.warn(flaw)
        try:
            row = _with_words(work, row)
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


def _with_words(work: Callable[[RunRow], RunRow], row: RunRow) -> RunRow:
    """Do the work; what no step of it foresaw of files and DuckDB ends in words too."""
    try:
        return work(row)
    except (OSError, duckdb.Error) as error:
        raise PublishFailed(in_words(error)) from error


def _not_publishable(settings: Settings) -> str:
    _, flaw = examine_state(settings)
    return flaw or NOT_PUBLISHABLE


def _validated(settings: Settings, state: BuildState, reporter: Reporter) -> BuildState:
    validate(settings, reporter)
    return remember_validation(settings, state)


def _log(settings: Settings, row: RunRow, reporter: Reporter) -> None:
    if not is_readable(settings.runs_file):
        return  # said already
    try:
        append_to_log(settings.runs_file, row)
    except OSError as error:
        reporter.warn(
            f"{settings.runs_file} cannot be written ({reason_of(error)}), so this run is not in "
            "it. Let this user write to it, or move it away."
        )


def _now() -> str:
    return datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
