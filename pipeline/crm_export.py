"""The CSV that the importers of Salesforce and HubSpot take: rows of rpt_crm_sync."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.crm_sync import CRM_SYNC_TABLE
from pipeline.engine import columns_of
from pipeline.files import write_whole
from pipeline.outcomes import PublishFailed
from pipeline.settings import Settings
from pipeline.status import CATALOG, open_published

# A spreadsheet runs a cell that starts with one of these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
STDOUT = "-"


@dataclass(frozen=True)
class System:
    """A CRM: the header of each column, the account's id first, and the text for no value.

    Salesforce matches headers with API names and empties a field that says `#N/A`. HubSpot matches
    headers with the names of properties and leaves a property as it was where a cell is empty.
    """

    headers: Mapping[str, str]
    nothing: str


COLUMNS = {
    "crm_record_id": "Account Id",
    "account_status": "Account Status",
    "health_score": "Health Score",
    "health_status": "Health Status",
    "touch_tier": "Touch Tier",
    "renewal_risk_level": "Renewal Risk",
    "next_step": "Next Step",
    "next_step_due_on": "Next Step Due",
    "as_of_date": "As Of Date",
}
SYSTEMS = {
    "salesforce": System(
        {name: f"CS_{title.replace(' ', '_')}__c" for name, title in COLUMNS.items()}, "#N/A"
    ),
    "hubspot": System({name: f"CS {title}" for name, title in COLUMNS.items()}, ""),
}


@dataclass(frozen=True)
class Export:
    """An export of the run's snapshot. `rows` were written, of `accounts` in the table.

    `left_out` are the ids that a spreadsheet would run as formulas. `unknown` accounts have no
    record in the CRM. `text` is the CSV.
    """

    run_id: str
    system: str
    out: str
    rows: int
    accounts: int
    left_out: tuple[str, ...]
    unknown: int
    text: str

    def as_dict(self) -> dict[str, Any]:
        """Plain values without the CSV, for `--json`."""
        return {name: value for name, value in asdict(self).items() if name != "text"}

    def lines(self) -> Iterator[str]:
        """The result as lines of text."""
        where = "" if self.out == STDOUT else f" to {self.out}"
        yield f"{self.rows} of {self.accounts} accounts written{where}, from run {self.run_id}"
        if self.left_out:
            named = ", ".join(repr(account) for account in self.left_out)
            yield f"left out, because a spreadsheet would run the id as a formula: {named}"
        if self.unknown:
            yield f"left out, because the CRM has no record of them: {self.unknown}"


def export_crm(
    settings: Settings, system: str, out: str, *, every_row: bool, id_header: str | None = None
) -> Export:
    """Write the changed rows, or every row, of the published rpt_crm_sync for a CRM.

    `out` is a path, or `-` for the CSV in the result alone. `id_header` names another column of
    the CRM to match accounts by. Raises PublishFailed when no such table is published.
    """
    with open_published(settings) as (folder, connection, _):
        if not columns_of(connection, CATALOG, "marts", CRM_SYNC_TABLE) >= COLUMNS.keys():
            raise PublishFailed(
                "The published snapshot is of an earlier version and has no rows for a CRM: "
                "start `python -m pipeline publish`, or `run`."
            )
        rows = connection.execute(
            f"select is_changed, {', '.join(COLUMNS)} from marts.{CRM_SYNC_TABLE} "
            "order by account_id"
        ).fetchall()
    chosen = [row for is_changed, *row in rows if is_changed or every_row]
    wanted = [row for row in chosen if row[0] is not None]
    left_out = tuple(row[0] for row in wanted if row[0].startswith(FORMULA_STARTS))
    written = [row for row in wanted if row[0] not in left_out]
    target = SYSTEMS[system]
    text = _csv([id_header or target.headers["crm_record_id"], *list(target.headers.values())[1:]])
    text += "".join(_csv([_cell(value, target.nothing) for value in row]) for row in written)
    if out != STDOUT:
        write_whole(Path(out), text)
    unknown = len(chosen) - len(wanted)
    return Export(folder.name, system, out, len(written), len(rows), left_out, unknown, text)


def _cell(value: object, nothing: str) -> str:
    """A value as text: scores with one digit, dates in ISO 8601, formulas made harmless."""
    if value is None:
        return nothing
    if isinstance(value, float):
        return f"{value:.1f}"
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _csv(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()
