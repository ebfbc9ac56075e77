"""The log of published forecasts, which later builds compare with the actual figures.

The demo's log starts with the forecasts that ship with it (tools/forecast_log.py).
"""

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from pipeline.console import Reporter
from pipeline.engine import attach, has_table, workbench
from pipeline.files import reason_of, set_aside, write_whole
from pipeline.settings import PROJECT_DIR, Settings

SHIPPED = PROJECT_DIR / "seeds" / "demo" / "pipeline_forecast_log.csv"
COLUMNS = ("published_at", "made_on", "figure", "period", "forecast")
HEADER = ",".join(COLUMNS)
FIRST_YEAR = 1990
LINES_NAMED = 5
# Figures of the whole company only: accounts move between tiers.
FIGURES = {
    "mrr": (
        "fct_mrr_forecast",
        "select made_on, forecast_month as period, total_p50 as forecast"
        " from build.marts.fct_mrr_forecast where touch_tier = 'all'",
    ),
    "renewed_arr": (
        "rpt_renewal_forecast",
        "select as_of_date as made_on, quarter as period, forecast_calibrated as forecast"
        " from build.marts.rpt_renewal_forecast"
        " cross join (select as_of_date from build.intermediate.int_run_context)"
        " where touch_tier = 'all' and actual_arr is null"
        " and quarter < as_of_date + interval 1 year",
    ),
}


@dataclass(frozen=True)
class Examined:
    """The content of a log: valid lines, and invalid lines with their reasons.

    `unreadable` is the reason why the whole file is invalid, else None.
    """

    good: tuple[str, ...] = ()
    bad: tuple[tuple[int, str, bytes], ...] = ()
    unreadable: str | None = None

    @property
    def text(self) -> str:
        """The log without the invalid lines."""
        return "".join(f"{line}\n" for line in (HEADER, *self.good))

    def flaw(self, path: Path) -> str | None:
        """The message about invalid lines or an unreadable file. None for a good log."""
        if self.unreadable:
            return f"{path} cannot be read as a log of forecasts ({self.unreadable})"
        if not self.bad:
            return None
        named = ", ".join(f"line {number} ({why})" for number, why, _ in self.bad[:LINES_NAMED])
        more = f" and {len(self.bad) - LINES_NAMED} more" if len(self.bad) > LINES_NAMED else ""
        return f"{path} has lines that cannot be used: {named}{more}"


def examine(path: Path) -> Examined:
    """Read a log without changing it."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Examined()
    except OSError as error:
        return Examined(unreadable=reason_of(error))
    if not content.strip():
        return Examined(unreadable="it is empty")
    first, *lines = content.splitlines(keepends=True)
    header = first.decode("utf-8", errors="replace").lstrip("\ufeff").rstrip("\r\n")
    delimiter = max(",;\t|", key=header.count)
    names = [name.strip(' "').lower() for name in header.split(delimiter)]
    if any(names.count(name) != 1 for name in COLUMNS):
        return Examined(unreadable=f"its first line should be {HEADER}")
    good, bad = [], []
    for number, line in enumerate(lines, start=2):
        if not line.strip():
            continue
        try:
            good.append(_line(line, names, delimiter))
        except (ValueError, csv.Error) as error:
            bad.append((number, str(error), line))
    return Examined(tuple(good), tuple(bad))


def repair(settings: Settings, is_demo: bool, run_id: str, reporter: Reporter) -> None:
    """Make the log readable for dbt: invalid lines move to a file next to it, with a warning.

    A damaged log must not stop the nightly publish, and no line may be lost.
    """
    path = settings.forecast_log(is_demo)
    found = examine(path)
    flaw = found.flaw(path)
    if flaw is None:
        return
    if found.unreadable:
        aside = set_aside(path, run_id)
        reporter.warn(
            f"{flaw}. It is now {aside.name}. Builds compare earlier forecasts with actual figures "
            f"again once you restore a good copy at {path.name}."
        )
        return
    aside = path.with_name(f"{path.name}.damaged-{run_id}")
    write_whole(aside, f"{HEADER}\n".encode() + b"".join(line for _, _, line in found.bad))
    write_whole(path, found.text)
    reporter.warn(
        f"{flaw}. They are now in {aside.name}, and the build goes on without them. "
        f"Correct them and add them to {path.name}, or delete {aside.name}."
    )


def append_published(
    settings: Settings, run_id: str, published_at: str, is_demo: bool, reporter: Reporter
) -> int:
    """Add the forecasts of the published build to the log. Returns their number."""
    repair(settings, is_demo, run_id, reporter)
    rows = forecasts_of_build(settings, published_at)
    path = settings.forecast_log(is_demo)
    if rows:
        logged = examine(path).good
        shipped = examine(SHIPPED).good if is_demo else ()
        new = [row for row in shipped if row not in logged]
        # In one step: the next build refuses a file with half a line.
        write_whole(path, Examined((*new, *logged, *rows)).text)
    return len(rows)


def forecasts_of_build(settings: Settings, published_at: str) -> list[str]:
    """The forecasts of the build file as lines of a log, published at a time (ISO 8601, UTC)."""
    with workbench(settings) as connection:
        attach(connection, settings.build_file, "build")
        return [
            f"{published_at},{made_on},{figure},{period},{forecast}"
            for figure, (table, query) in FIGURES.items()
            if has_table(connection, "build", "marts", table)
            for made_on, period, forecast in _rows(connection, query)
        ]


def _line(line: bytes, names: list[str], delimiter: str) -> str:
    """A line in the form of this module. Raises ValueError or csv.Error with the reason."""
    if not line.endswith(b"\n"):
        raise ValueError("cut off before its end")
    try:
        text = line.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise ValueError("not UTF-8") from error
    cells = next(csv.reader([text], delimiter=delimiter, strict=True))
    if len(cells) != len(names):
        raise ValueError(f"{len(cells)} values, expected {len(names)}")
    row = dict(zip(names, (cell.strip() for cell in cells), strict=True))
    _check(row)
    return ",".join(row[name] for name in COLUMNS)


def _check(row: Mapping[str, str]) -> None:
    days = {"made_on": date.fromisoformat, "period": date.fromisoformat}
    for name, parse in {"published_at": datetime.fromisoformat, **days}.items():
        try:
            if parse(row[name]).year < FIRST_YEAR:
                raise ValueError
        except ValueError:
            raise ValueError(f"{name} is '{row[name][:40]}', expected a date") from None
    if row["figure"].lower() not in FIGURES:
        raise ValueError(f"figure is '{row['figure'][:40]}', expected {' or '.join(FIGURES)}")
    try:
        if not math.isfinite(float(row["forecast"])) or "_" in row["forecast"]:
            raise ValueError
    except ValueError:
        raise ValueError(f"forecast is '{row['forecast'][:40]}', expected a number") from None


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    return connection.execute(f"{query} order by period").fetchall()
