"""No forecast rests on what came after its day, neither what did come nor what never could."""

import csv
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import PROJECT, dbt
from reference.expected import is_same

from benchmarks.builds import WITHOUT_TESTS
from benchmarks.truncation import sources, truncate_raw
from demo_company import generate

DEMO = PROJECT / "seeds" / "demo"
CUT = date(2025, 9, 30)
# The demo's weekly history begins in April 2026. This day is a Sunday and a month's end.
SUNDAY = date(2026, 5, 31)
LATER, LATEST = "2025-10-01", "2026-04-01"
MARTS = (
    "fct_renewals",
    "rpt_renewal_forecast",
    "rpt_renewal_forecast_history",
    "rpt_expansion_forecast",
    "fct_opportunities",
    "fct_mrr_forecast",
    "rpt_forecast_backtest",
    "rpt_forecast_accuracy",
)
# The columns that meta.later_known names in fct_renewals.
LATER_KNOWN = [
    "outcome",
    "renewed_arr",
    "expansion_arr",
    "next_signed_on",
    "is_early",
    "signed_30_days_ahead",
    "current_outlook",
    "secured_arr",
    "lost_arr",
    "open_arr",
    "expected_open_arr",
    "expected_loss_arr",
    "is_at_risk",
    "opportunity_id",
    "opportunity_amount",
    "crm_outlook",
    "escalation_level",
]
LOG = "published_at,made_on,figure,period,forecast"
# What was published while the demo's history ran: half of June's MRR, and a month not over.
PUBLISHED = (f"2025-05-31 20:00:00,2025-05-31,mrr,2025-06-01,{1291343.66 / 2}",)
# A day after the cut everything triples, everyone leaves, and the log promises the moon.
ABSURD: Mapping[str, Mapping[str, str]] = {
    "billing_subscriptions": {"subscription_id": "absurd", "started_on": LATER, "seats": "9999"},
    "billing_subscription_items": {"item_id": "absurd", "effective_from": LATER, "quantity": "9e6"},
    "billing_contract_terms": {"term_start_on": LATER, "term_end_on": LATEST, "signed_on": LATER},
    "billing_invoices": {"invoice_id": "absurd", "issued_on": LATER, "due_on": "2025-08-01"},
    "crm_signals": {"signal_id": "absurd", "occurred_at": LATER, "signal_type": "cancel_request"},
    "crm_opportunities": {"opportunity_id": "absurd", "created_at": LATER, "amount": "9e9"},
    "support_tickets": {"ticket_id": "absurd", "created_at": LATER, "solved_at": ""},
    "feedback_survey_responses": {"response_id": "absurd", "responded_at": LATER, "score": "0"},
}  # fmt: skip

Rows = dict[str, list[dict[str, Any]]]


# Usage is most of the extracts, and health's own laws hold it to its dates. The log has its own.
TABLES = tuple(
    source.file
    for source in sources()
    if "usage" not in source.file and source.file != "pipeline_forecast_log"
)


def unlike(rows: list[dict[str, Any]], others: list[dict[str, Any]]) -> list[tuple[Any, Any]]:
    """Rows that differ by more than the order in which an engine adds."""
    assert len(rows) == len(others)
    return [
        (row, other)
        for row, other in zip(rows, others, strict=True)
        if not all(is_same(row[name], other[name]) for name in row)
    ]


def plant(folder: Path) -> None:
    """Add to each table its own rows once more, absurd and a day after the cut."""
    for table, absurd in ABSURD.items():
        path = folder / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        few = [row for row in rows if row.get("account_id", "acc_00001").startswith("acc_0")][:40]
        keys = [name for name, value in absurd.items() if value.endswith("absurd")]
        for number, row in enumerate(few):
            unlike = {name: f"{absurd[name]}_{number}" for name in keys}
            rows.append(row | dict(absurd) | unlike)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


def forecasts(home: Path, raw: Path, as_of: date | None, log: tuple[str, ...]) -> Rows:
    """The marts of a build of a folder of extracts."""
    home.mkdir()
    (home / "forecast_log.csv").write_text("\n".join((LOG, *log)) + "\n", encoding="utf-8")
    as_of_date = f"as_of_date: {as_of}, " if as_of else ""
    done = dbt(
        "build",
        home,
        *("--quiet", "--vars", f"{{{as_of_date}fx_rate_on: 2024-07-01, max_rejected_share: 1}}"),
        *("--select", *(f"+{mart}" for mart in MARTS)),
        *WITHOUT_TESTS,
        CS_RAW_PATH=str(raw),
    )
    assert done.returncode == 0, done.output[-4000:]
    found: Rows = {}
    with duckdb.connect(str(home / "build.duckdb"), read_only=True) as connection:
        for mart in MARTS:
            cursor = connection.execute(f"select * from marts.{mart} order by all")
            names = [column[0] for column in cursor.description]
            found[mart] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """As the company saw itself on the day, from what its extracts held then."""
    home = tmp_path_factory.mktemp("cut")
    truncate_raw(DEMO, home / "raw", CUT, TABLES)
    return forecasts(home / "build", home / "raw", CUT, PUBLISHED)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extracts with all that came later."""
    raw = tmp_path_factory.mktemp("whole")
    for table in TABLES:
        if (DEMO / f"{table}.csv").exists():
            shutil.copyfile(DEMO / f"{table}.csv", raw / f"{table}.csv")
    return raw


def test_the_future_moves_no_forecast(cut: Rows, whole: Path, tmp_path: Path) -> None:
    """All extracts, with absurd rows, give the forecasts that the extracts of that day give."""
    moon = ("2025-10-02 08:00:00,2025-10-01,mrr,2025-06-01,9e12",)
    shutil.copytree(whole, tmp_path / "planted")
    plant(tmp_path / "planted")
    made = forecasts(tmp_path / "build", tmp_path / "planted", CUT, PUBLISHED + moon)
    for mart in MARTS:
        assert made[mart], mart
        assert unlike(made[mart], cut[mart]) == [], mart
    (accuracy,) = made["rpt_forecast_accuracy"]
    assert accuracy["accuracy"] == pytest.approx(2, abs=0.08)


@pytest.fixture(scope="module")
def today(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """As the company sees itself today."""
    return forecasts(tmp_path_factory.mktemp("today") / "build", whole, None, PUBLISHED)


def test_a_sundays_outlook_is_what_was_known_on_it(today: Rows, tmp_path: Path) -> None:
    """The weekly history is what the runs of those Sundays showed, that of their own day too."""
    truncate_raw(DEMO, tmp_path / "raw", SUNDAY, TABLES)
    then = forecasts(tmp_path / "build", tmp_path / "raw", SUNDAY, ())
    shown, history = (
        [
            row
            for row in rows["rpt_renewal_forecast_history"]
            if date(2026, 4, 1) <= row["snapshot_date"] <= SUNDAY
        ]
        for rows in (then, today)
    )
    assert {row["snapshot_date"] for row in shown} > {SUNDAY}
    assert unlike(history, shown) == []
    of_the_day = {
        (row["quarter"], row["touch_tier"]): row for row in shown if row["snapshot_date"] == SUNDAY
    }
    for row in then["rpt_renewal_forecast"]:
        own = of_the_day.pop((row["quarter"], row["touch_tier"]), row)
        assert {name: row[name] for name in own if name in row} == {
            name: value for name, value in own.items() if name in row
        }
    assert not of_the_day


def test_the_record_of_a_forecast_stands(cut: Rows, today: Rows) -> None:
    """Looked at a year later, what was forecast and what came of it by the day is the same."""
    made = today
    known = [row for row in made["rpt_forecast_backtest"] if row["forecast_month"] <= CUT]
    assert unlike(known, cut["rpt_forecast_backtest"]) == []

    def due(rows: Rows) -> list[dict[str, Any]]:
        return [
            {name: value for name, value in row.items() if name not in LATER_KNOWN}
            for row in rows["fct_renewals"]
            if row["renewal_on"] <= CUT
        ]

    assert due(made)
    assert unlike(due(made), due(cut)) == []


def test_a_young_company_has_a_forecast_from_priors(tmp_path: Path) -> None:
    """Half a year is enough to say what to expect, and too little to say how far off it may be."""
    raw = generate(5, 30, months=6, out=tmp_path / "raw", dirt=False, earlier_months=1)
    made = forecasts(tmp_path / "build", raw.out, None, ())
    assert made["rpt_forecast_backtest"] == []
    assert made["rpt_renewal_forecast"]
    year = [row for row in made["fct_mrr_forecast"] if row["touch_tier"] == "all"]
    assert [row["horizon"] for row in year] == list(range(1, 13))
    for row in year:
        assert row["interval_status"] == "insufficient_data"
        assert row["p10"] is row["p90"] is row["beats_baselines"] is None
        assert 0.5 < row["expected_grr"] < row["expected_nrr"] < 1.5
