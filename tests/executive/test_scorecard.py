"""The scorecard against its policy, the raw extracts and the marts, in plain Python."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import duckdb
import pytest
from bad_extracts import RUN_DATE, Built, company_in
from demo_extracts import judged  # noqa: F401
from raw_folder import write_folder

from benchmarks.builds import PROJECT

POLICY = PROJECT / "seeds" / "policy"
STAGE = "growth"
# The investment tiers whose NRR is a figure, and the segment of the benchmark that judges each.
NRR_SEGMENTS = {
    "strategic": "enterprise",
    "enterprise": "enterprise",
    "mid_market": "mid_market",
    "smb": "smb",
}

Scorecard = dict[str, dict[str, Any]]


def policy(name: str) -> list[dict[str, str]]:
    """The rows of a policy file."""
    with (POLICY / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def scorecard(rows: duckdb.DuckDBPyConnection) -> Scorecard:
    """The scorecard by figure."""
    found = rows.execute("select * from marts.rpt_executive_scorecard")
    names = [column[0] for column in found.description or ()]
    return {row[0]: dict(zip(names, row, strict=True)) for row in found.fetchall()}


def scales() -> dict[str, tuple[float, float | None, bool]]:
    """The good and the acceptable value of each figure, and whether less is better."""
    found: dict[str, tuple[float, float | None, bool]] = {}
    for row in policy("benchmarks"):
        least = float(row["acceptable"]) if row["acceptable"] else None
        scale = float(row["good"]), least, row["is_lower_better"] == "true"
        if row["segment"] == "all":
            found[row["figure"]] = scale
        elif row["figure"] == "nrr":
            for tier, segment in NRR_SEGMENTS.items():
                if segment == row["segment"]:
                    found[f"nrr_{tier}"] = scale
    for row in policy("stage_thresholds"):
        if row["stage"] == STAGE:
            found[row["figure"]] = float(row["healthy"]), float(row["concerning"]), False
    return found


def status_of(value: float, good: float, acceptable: float | None, *, is_lower_better: bool) -> str:
    """The one rule: green from good on, yellow from what is acceptable, else red."""
    value = round(value, 9)
    if value < good if is_lower_better else value >= good:
        return "green"
    if acceptable is None:
        return "red"
    within = value <= acceptable if is_lower_better else value >= acceptable
    return "yellow" if within else "red"


def assert_sound(found: Scorecard) -> None:
    """Every figure of the policy is a row, and no status contradicts its own good and great."""
    assert set(found) == {row["figure"] for row in policy("scorecard_figures")}
    assert sorted(row["sort_order"] for row in found.values()) == list(range(1, len(found) + 1))
    known = scales()
    for figure, row in found.items():
        assert (row["display_value"] is None) == (row["value"] is None), figure
        assert row["note"] or row["value"] is not None, figure
        if figure not in known:
            assert (row["good"], row["status"], row["status_source"]) == (None, None, None), figure
            continue
        good, acceptable, is_lower_better = known[figure]
        assert row["good"] == good, figure
        if row["status"] is not None:
            status = status_of(row["value"], good, acceptable, is_lower_better=is_lower_better)
            assert row["status"] == status, figure
        if row["great"] is not None and row["value"] is not None:
            is_great = status_of(row["value"], row["great"], None, is_lower_better=is_lower_better)
            assert row["status"] in (None, "green") or is_great == "red", figure


@pytest.fixture(scope="module")
def two_tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A company where only accounts and subscriptions are known: one leaves, one starts."""
    company = company_in(tmp_path_factory.mktemp("two_tables"))
    ended = RUN_DATE - timedelta(days=40)
    write_folder(
        company.raw,
        {
            "crm_accounts": [
                {"account_id": key, "account_name": key, "created_at": "2023-01-01"}
                for key in ("stays", "leaves", "starts")
            ],
            "billing_subscriptions": [
                {
                    "subscription_id": f"s_{key}",
                    "account_id": key,
                    "started_on": str(started),
                    "ended_on": str(left or ""),
                    "mrr_amount": amount,
                }
                for key, started, left, amount in (
                    ("stays", date(2023, 1, 1), None, "100"),
                    ("leaves", date(2023, 1, 1), ended, "50"),
                    ("starts", ended, None, "10"),
                )
            ],
        },
    )
    built: Built = company.build(
        "--select", "+rpt_executive_scorecard", "+rpt_scorecard_history", as_of_date=str(RUN_DATE)
    )
    assert built.returncode == 0, built.output[-3000:]
    with duckdb.connect(str(built.file), read_only=True) as connection:
        yield connection


def test_the_demo_has_every_figure_with_a_status_of_its_scale(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    found = scorecard(marts)
    assert_sound(found)
    assert not [figure for figure, row in found.items() if row["value"] is None]


def test_a_company_of_two_tables_has_every_figure(two_tables: duckdb.DuckDBPyConnection) -> None:
    found = scorecard(two_tables)
    assert_sound(found)
    assert (found["arr"]["value"], found["customers"]["value"]) == (1320, 2)
    assert (found["logos_won"]["value"], found["logos_lost"]["value"]) == (1, 1)
    assert found["net_new_arr"]["value"] == -480
    assert found["nps"]["note"] == "There is no data for this figure."
    # Three accounts are too few for a status.
    assert found["logo_retention"]["value"] == 0.5
    assert found["logo_retention"]["status"] is None


def history(marts: duckdb.DuckDBPyConnection, *figures: str) -> dict[tuple[str, date, str], float]:
    """Values of the history by figure, last day of the month and touch tier."""
    rows = marts.execute(
        "select figure, last_day(month), touch_tier, value from marts.rpt_scorecard_history"
    ).fetchall()
    return {(figure, *key): value for figure, *key, value in rows if figure in figures}


def test_the_history_of_revenue_is_that_of_the_ledger(marts: duckdb.DuckDBPyConnection) -> None:
    expected: defaultdict[tuple[str, date, str], float] = defaultdict(float)
    for month, tier, arr in marts.execute(
        "select last_day(ledger.month), coalesce(segments.touch_tier, '(none)'), ledger.arr"
        " from marts.fct_mrr_monthly as ledger left join marts.fct_account_segments as segments"
        " using (account_id, month) where ledger.is_complete_month and ledger.closing_mrr > 0"
    ).fetchall():
        for touch_tier in ("all", tier):
            expected["arr", month, touch_tier] += float(arr)
            expected["customers", month, touch_tier] += 1
    assert history(marts, "arr", "customers") == pytest.approx(dict(expected))


def test_growth_adds_up_the_ledger(marts: duckdb.DuckDBPyConnection) -> None:
    ledger = marts.execute(
        "select last_day(month), 12 * sum(closing_mrr - opening_mrr) from marts.fct_mrr_monthly"
        " where is_complete_month group by month order by month"
    ).fetchall()
    changes = {day: float(change) for day, change in ledger}
    days = sorted(changes)
    lost = dict(
        marts.execute(
            "select last_day(churned_month), count(*) from marts.fct_churn_events group by all"
        ).fetchall()
    )
    expected = {
        (figure, days[at], "all"): sum(values.get(day, 0) for day in days[at - 2 : at + 1])
        for figure, values in (("net_new_arr", changes), ("logos_lost", lost))
        for at in range(3, len(days))
    }
    found = history(marts, "net_new_arr", "logos_lost")
    assert {key: found[key] for key in found if key[2] == "all"} == pytest.approx(expected)


def test_the_history_of_renewals_is_that_of_their_outcomes(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    grace = {row["setting"]: row["value"] for row in policy("forecast_settings")}["grace_days"]
    decided = marts.execute(
        "select renewal_on, outcome, is_early from marts.fct_renewals where outcome <> 'open'"
    ).fetchall()
    found = history(marts, "renewal_rate", "early_renewal_rate")
    days = sorted({day for _, day, tier in found if tier == "all"})
    assert len(days) > 24
    for day in days:
        after = day + timedelta(days=1)
        first = after.replace(year=after.year - 1)
        known = [
            (outcome, is_early)
            for renewal_on, outcome, is_early in decided
            if first <= renewal_on + timedelta(days=int(grace)) <= day
        ]
        renewed = [is_early for outcome, is_early in known if outcome == "renewed"]
        assert found["renewal_rate", day, "all"] == pytest.approx(len(renewed) / len(known))
        if ("early_renewal_rate", day, "all") in found:
            early = sum(bool(is_early) for is_early in renewed) / len(renewed)
            assert found["early_renewal_rate", day, "all"] == pytest.approx(early)


def test_the_history_of_health_is_that_of_the_scores(marts: duckdb.DuckDBPyConnection) -> None:
    by_day: defaultdict[date, list[tuple[float | None, str]]] = defaultdict(list)
    for day, score, status, is_low in marts.execute(
        "select snapshot_date, health_score, health_status, is_low_confidence"
        " from marts.fct_health_scores where is_active_scheme"
    ).fetchall():
        by_day[day].append((None if is_low else score, status))
    found = history(marts, "mean_health", "share_stable", "below_stable_accounts")
    days = {day for _, day, _ in found}
    assert len(days) > 24
    for day in days:
        scores = [score for score, _ in by_day[day] if score is not None]
        statuses = [status for _, status in by_day[day]]
        below = sum(status in ("at_risk", "critical", "emergency") for status in statuses)
        stable = statuses.count("stable") / len(statuses)
        assert found["share_stable", day, "all"] == pytest.approx(stable)
        assert found["below_stable_accounts", day, "all"] == below
        if scores:
            mean = sum(scores) / len(scores)
            assert found["mean_health", day, "all"] == pytest.approx(mean)


def test_the_history_of_the_pipeline_is_that_of_the_extracts(
    marts: duckdb.DuckDBPyConnection,
    judged: Any,  # noqa: F811
) -> None:
    """Open on a day: created by then, and in no closed stage at its end. The mart has amounts."""
    amounts = dict(
        marts.execute("select opportunity_id, amount from marts.fct_opportunities").fetchall()
    )
    entered: defaultdict[str, list[tuple[Any, str]]] = defaultdict(list)
    for row in judged.rows["crm_opportunity_stages"]:
        entered[row["opportunity_id"]].append((row["entered_at"], row["stage"]))
    deals = [
        row
        for row in judged.rows["crm_opportunities"]
        if row["opportunity_type"] not in ("new", "renewal")
    ]
    found = history(marts, "expansion_pipeline")
    days = sorted({day for _, day, tier in found if tier == "all"})
    assert len(days) > 24
    for day in days:
        total = 0.0
        for row in deals:
            if row["created_at"].date() > day:
                continue
            stages = [
                stage for at, stage in sorted(entered[row["opportunity_id"]]) if at.date() <= day
            ]
            closed_on = row["closed_on"]
            is_closed = closed_on is not None and closed_on <= day
            if entered[row["opportunity_id"]]:
                is_closed = bool(stages) and stages[-1].startswith("closed")
            total += 0 if is_closed else float(amounts[row["opportunity_id"]])
        assert found["expansion_pipeline", day, "all"] == pytest.approx(total), day
