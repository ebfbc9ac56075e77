"""Preview of a changed policy: a separate build, compared with the published health status."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import duckdb

from pipeline import erased, snapshot
from pipeline.build import BuildOptions, build
from pipeline.console import Reporter
from pipeline.engine import attach, workbench
from pipeline.files import write_whole
from pipeline.modes import FILE_MODE, FOLDER_MODE
from pipeline.outcomes import PublishFailed
from pipeline.settings import Settings

_MOVED = """
    with
    published as (
        select * from published.marts.fct_health_scores
        where is_active_scheme
            and snapshot_date = (select max(snapshot_date) from published.marts.fct_health_scores)
    ),
    preview as (
        select * from preview.marts.fct_health_scores
        where is_active_scheme
            and snapshot_date = (select max(snapshot_date) from preview.marts.fct_health_scores)
    )
    select
        account_id, accounts.account_name, preview.snapshot_date,
        published.health_status, preview.health_status,
        published.health_score, preview.health_score, preview.drivers
    from published full join preview using (account_id)
    left join preview.marts.dim_accounts as accounts using (account_id)
    where published.health_status is distinct from preview.health_status
    order by abs(preview.health_score - published.health_score) desc nulls last, account_id
"""


@dataclass(frozen=True)
class Moved:
    """An account with a changed health status. Scores are 0 to 100 or None."""

    account_id: str
    account_name: str | None
    snapshot_date: date | None
    status_published: str | None
    status: str | None
    score_published: float | None
    score: float | None
    drivers: str | None

    def line(self) -> str:
        """The account as a line of text."""
        before = _with_score(self.status_published, self.score_published)
        after = _with_score(self.status, self.score)
        name = self.account_name or ""
        return f"{self.account_id} {name}: {before} -> {after}. {self.drivers or ''}".rstrip()


@dataclass(frozen=True)
class Preview:
    """The accounts that would change, the largest change of score first."""

    accounts: tuple[Moved, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for `--json`."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """A line for each account, and a line with their number."""
        yield from (moved.line() for moved in self.accounts)
        yield f"{len(self.accounts)} accounts would change their health. Nothing was published."


def preview(settings: Settings, options: BuildOptions, reporter: Reporter) -> Preview:
    """Build into `preview/` of the warehouse, and compare its health with the published one.

    Raises PublishFailed when nothing is published, and the errors of a build.
    """
    published = snapshot.published_folder(settings)
    if published is None:
        raise PublishFailed("Nothing is published yet: start `python -m pipeline run` first.")
    separate = replace(
        settings,
        warehouse=settings.preview,
        target_dir=settings.preview / "target",
        published_dir=None,
    )
    erased.check(settings)
    _copy_list(settings, separate)
    build(separate, options, reporter)
    try:
        with workbench(settings) as connection:
            attach(connection, published / snapshot.DATABASE, "published")
            attach(connection, separate.build_file, "preview")
            rows = connection.execute(_MOVED).fetchall()
    except duckdb.Error as error:
        raise snapshot.unreadable(settings, published, error) from error
    return Preview(tuple(Moved(*row) for row in rows))


def _copy_list(settings: Settings, separate: Settings) -> None:
    """Copy the list of erased people, which a build reads from its own folder."""
    separate.warehouse.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    separate.erased_file.unlink(missing_ok=True)
    if settings.erased_file.exists():
        write_whole(separate.erased_file, settings.erased_file.read_bytes(), FILE_MODE)


def _with_score(status: str | None, score: float | None) -> str:
    return "none" if status is None else status if score is None else f"{status} ({score:.1f})"
