"""Alerts: accounts that became worse since the last alerts, and runs that need a person."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

import duckdb

from pipeline import runs, snapshot
from pipeline.alert_changes import Alert, changes_between
from pipeline.alert_post import Webhook
from pipeline.alert_state import Reported, read_reported, write_reported
from pipeline.build import DEMO
from pipeline.console import Reporter
from pipeline.lock import held
from pipeline.outcomes import ExitCode, PostFailed, PublishFailed
from pipeline.runs import RunRow
from pipeline.settings import Settings
from pipeline.status import open_published

ACCOUNTS_POSTED = 20
PUBLISHING = ("run", "publish")


@dataclass(frozen=True)
class Trouble:
    """A run that needs a person. `key` names it, so that it is reported once."""

    kind: str
    key: str
    text: str


@dataclass(frozen=True)
class Alerts:
    """New alerts. `compared_with` is the run whose snapshot the accounts were compared with.

    `is_reported_before` says that the accounts of this snapshot are no news.
    """

    run_id: str | None
    as_of_date: str | None
    compared_with: str | None
    is_reported_before: bool
    troubles: tuple[Trouble, ...]
    accounts: tuple[Alert, ...]
    is_posted: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to report."""
        return not self.troubles and not self.accounts

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for `--json`."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """The alerts as lines of text."""
        for trouble in self.troubles:
            yield trouble.text
        if self.accounts:
            yield self._heading()
            for alert in self.accounts:
                yield f"  {alert}"
        elif self.run_id is None:
            yield "Nothing is published, so no account can be compared."
        elif self.is_reported_before:
            yield f"The alerts of run {self.run_id} were reported before."
        elif self.compared_with is None:
            yield f"Run {self.run_id} has no snapshot to be compared with."
        else:
            yield f"No account became worse since run {self.compared_with}."
        if self.is_posted:
            yield "Posted to the webhook."

    def message(self) -> dict[str, str]:
        """The alerts in the format of Slack's incoming webhooks."""
        lines = [f":warning: {_escaped(trouble.text)}" for trouble in self.troubles]
        if self.accounts:
            lines.append(f"*{_escaped(self._heading())}*")
            lines += [f"• {_escaped(str(alert))}" for alert in self.accounts[:ACCOUNTS_POSTED]]
            more = len(self.accounts) - ACCOUNTS_POSTED
            if more > 0:
                lines.append(f"and {more} more: `python -m pipeline alerts --again` lists them")
        return {"text": "\n".join(lines)}

    def _heading(self) -> str:
        number = len(self.accounts)
        return (
            f"{number} account{'' if number == 1 else 's'} became worse, as of {self.as_of_date} "
            f"(run {self.run_id}, compared with {self.compared_with}):"
        )


def report_alerts(
    settings: Settings,
    webhook: Webhook | None,
    reporter: Reporter,
    *,
    late_after_hours: float,
    again: bool,
) -> Alerts:
    """Find the alerts that are new, post them, and record that they were reported.

    `again` finds those of the published snapshot again, and posts and records nothing. Raises
    PostFailed when the webhook does not accept them: then nothing is recorded.
    """
    with held(settings.alerts_lock, "pipeline alerts"):
        reported, flaw = read_reported(settings)
        if flaw:
            reporter.warn(flaw)
        found = _find(settings, Reported() if again else reported, reporter, late_after_hours)
        if again:
            return found
        if webhook and not found.is_empty:
            _post(webhook, found, reporter)
            found = replace(found, is_posted=True)
        # After the post: a crash before this line repeats alerts, and none is lost.
        keys = [trouble.key for trouble in found.troubles]
        if (now := reported.adding(found.run_id, keys)) != reported or flaw:
            write_reported(settings, now)
        return found


def _post(webhook: Webhook, found: Alerts, reporter: Reporter) -> None:
    """Post the alerts. Where that fails, they are at least printed."""
    try:
        webhook.post(found.message())
    except PostFailed as error:
        for line in found.lines():
            reporter.say(line)
        raise PostFailed(str(error), alerts=found.as_dict()) from None


def _find(
    settings: Settings, reported: Reported, reporter: Reporter, late_after_hours: float
) -> Alerts:
    logged, flaw = runs.examine_log(settings.runs_file)
    if flaw:
        reporter.warn(flaw)
    known, published, troubles = logged, None, []
    try:
        if snapshot.published_folder(settings):
            with open_published(settings) as (folder, _, rows):
                known = runs.merged(rows, logged)
                published = next(row for row in known if row.run_id == folder.name)
    except PublishFailed as error:
        key = f"unreadable:{snapshot.published_run(settings)}"
        troubles.append(Trouble("unreadable", key, f"Readers have no snapshot. {error}"))
    troubles += _of_runs(known, late_after_hours)
    troubles = [trouble for trouble in troubles if trouble.key not in reported.troubles]
    if published is None:
        return Alerts(None, None, None, False, tuple(troubles), ())
    is_reported = published.run_id in reported.snapshots
    base = None if is_reported else _base(settings, reported, published, known)
    try:
        accounts = changes_between(settings, base, published.run_id) if base else None
    except (duckdb.Error, OSError) as error:
        raise PublishFailed(
            f"The snapshots {base} and {published.run_id} cannot be compared: "
            f"{str(error).splitlines()[0]}"
        ) from error
    return Alerts(
        run_id=published.run_id,
        as_of_date=published.as_of_date,
        compared_with=None if accounts is None else base,
        is_reported_before=is_reported,
        troubles=tuple(troubles),
        accounts=accounts or (),
    )


def _base(
    settings: Settings, reported: Reported, published: RunRow, known: list[RunRow]
) -> str | None:
    """The run to compare with: the last reported one, so that a missed night loses nothing."""
    stored = snapshot.stored(settings)
    last = [run for run in reported.snapshots if run < published.run_id][-1:]
    candidates = [run for run in (*last, published.replaced_run_id) if run in stored]
    sources = {row.run_id: row.raw_source for row in known}
    for run in candidates:
        # Own data after the demo are another company's.
        if not (sources.get(run) == DEMO != published.raw_source):
            return run
    return None


def _of_runs(known: list[RunRow], late_after_hours: float) -> Iterator[Trouble]:
    """The trouble of the last runs: one failed, none since long, or one without news."""
    publishing = [row for row in known if row.command in PUBLISHING]
    if publishing and publishing[-1].exit_code != int(ExitCode.PUBLISHED):
        row = publishing[-1]
        first_line = (row.message or "no reason given").splitlines()[0]
        text = f"Run {row.run_id} failed ({row.outcome}): {first_line}"
        yield Trouble("failed", f"failed:{row.run_id}", text)
    done = [row for row in publishing if row.outcome == ExitCode.PUBLISHED.word]
    if not done:
        return
    last = done[-1]
    hours = (datetime.now(UTC) - _ended(last)).total_seconds() / 3600
    if hours > late_after_hours:
        text = (
            f"The next publish is late: run {last.run_id} published {hours:.0f} hours ago, "
            f"and {late_after_hours:g} hours are allowed."
        )
        yield Trouble("late", f"late:{last.run_id}", text)
    before = next((row for row in reversed(done[:-1]) if _is_earlier_day(row, last)), None)
    if before and _data_of(before) == _data_of(last):
        text = (
            f"Run {last.run_id} published nothing new: its data are as of {last.as_of_date}, "
            f"as those of run {before.run_id} were."
        )
        yield Trouble("nothing_new", f"nothing_new:{last.run_id}", text)


def _ended(row: RunRow) -> datetime:
    return datetime.fromisoformat(row.finished_at).replace(tzinfo=UTC)


def _is_earlier_day(row: RunRow, than: RunRow) -> bool:
    """Whether a run ended on an earlier day, UTC. Runs of one day may well find the same data."""
    return _ended(row).date() < _ended(than).date()


def _data_of(row: RunRow) -> Mapping[str, str | None]:
    return {"as_of_date": row.as_of_date, "raw_source": row.raw_source}


def _escaped(text: str) -> str:
    """A text in which Slack finds neither a mention nor a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
