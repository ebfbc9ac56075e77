"""The backtest, intervals and new business of the demo, derived again from the ledger in Python."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

Ledger = dict[date, dict[str, float]]
PRIOR, ERRORS, LEAST, SEASONS = 120, 12, 8, 2


def later(month: date, months: int) -> date:
    """The first day of the month so many months later, or earlier if negative."""
    count = 12 * month.year + month.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def rows(marts: duckdb.DuckDBPyConnection, query: str) -> Iterator[dict[str, Any]]:
    """The rows of a query by column."""
    cursor = marts.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return (dict(zip(names, row, strict=True)) for row in cursor.fetchall())


@pytest.fixture
def ledger(marts) -> Ledger:
    """MRR above 0 by complete month and account."""
    found: Ledger = defaultdict(dict)
    for month, account, mrr in marts.execute(
        "select month, account_id, closing_mrr from marts.fct_mrr_monthly"
        " where is_complete_month and closing_mrr > 0"
    ).fetchall():
        found[month][account] = float(mrr)
    return found


def test_actual_retention_is_that_of_the_ledger(marts, ledger):
    compared = 0
    for row in rows(
        marts,
        "select * from marts.rpt_forecast_backtest"
        " where touch_tier = 'all' and method = 'model' and figure <> 'mrr'",
    ):
        opening, closing = ledger[row["made_on"].replace(day=1)], ledger[row["forecast_month"]]
        pairs = [(mrr, closing.get(account, 0.0)) for account, mrr in opening.items()]
        ending = sum(min(pair) if row["figure"] == "grr" else pair[1] for pair in pairs)
        assert row["actual"] == pytest.approx(ending / sum(opening.values()), abs=1e-6), row
        compared += 1
    assert compared > 1000


def test_intervals_rest_on_the_errors_known_on_their_day(marts):
    model = list(
        rows(
            marts,
            "select * from marts.rpt_forecast_backtest where method = 'model' and figure <> 'mrr'"
            " order by made_on",
        )
    )
    series: dict[tuple[str, str, int], list[dict[str, Any]]] = defaultdict(list)
    for row in model:
        series[row["figure"], row["touch_tier"], row["horizon_months"]].append(row)
    drawn = 0
    for (figure, *_), forecasts in series.items():
        for row in forecasts:
            known = [
                abs(earlier["error"])
                for earlier in forecasts
                if earlier["forecast_month"] <= row["made_on"].replace(day=1)
            ][-ERRORS:]
            if len(known) < LEAST:
                assert row["p10"] is row["p90"] is row["inside_p10_p90"] is None, row
                continue
            rank = min(0.8 * (len(known) + 1), len(known))
            ordered, whole = sorted(known), int(rank)
            upper = ordered[min(whole, len(known) - 1)]
            width = ordered[whole - 1] + (rank - whole) * (upper - ordered[whole - 1])
            low, high = max(row["forecast"] - width, 0), row["forecast"] + width
            high = min(high, 1) if figure == "grr" else high
            assert row["p10"] == pytest.approx(low, abs=1e-6), row
            assert row["p90"] == pytest.approx(high, abs=1e-6), row
            drawn += 1
    assert drawn > 1000


def test_new_business_is_the_mean_of_the_same_months(marts, ledger):
    def won(start: date, end: date) -> float:
        return sum(mrr for account, mrr in ledger[end].items() if account not in ledger[start])

    def mean(base: date, horizon: int) -> float:
        starts = [later(base, -12 * year) for year in range(1, SEASONS + 1)]
        return sum(won(start, later(start, horizon)) for start in starts) / SEASONS

    for row in rows(marts, "select * from marts.fct_mrr_forecast where touch_tier = 'all'"):
        base, horizon = later(row["forecast_month"], -row["horizon"]), row["horizon"]
        day = row["made_on"]
        # Of the open month the part that is over has brought its customers already.
        elapsed = day.day / (later(day, 1) - later(day, 0)).days if later(day, 0) > base else 0.0
        assert row["new_business_method"] == "seasonal_mean"
        # Each tier is at least 0, so that all of them may be a little more than the whole.
        whole = max(mean(base, horizon) - elapsed * mean(base, 1), 0)
        assert whole - 0.05 <= float(row["new_business_p50"]) <= whole + 0.05 * mean(base, 1), row


def test_the_share_that_lasts_is_that_of_the_ledger(marts, ledger):
    (base,) = marts.execute(
        "select last_complete_month from intermediate.int_run_context"
    ).fetchone()
    tiers = dict(
        ((account, month), tier)
        for account, month, tier in marts.execute(
            "select account_id, month, touch_tier from intermediate.int_account_touch_tiers"
        ).fetchall()
    )
    lost_until: dict[str, list[tuple[date, float]]] = defaultdict(list)
    for month in sorted(ledger)[1:]:
        for account, mrr in ledger[month].items():
            if (loss := ledger[later(month, -1)].get(account, 0.0) - mrr) > 0:
                lost_until[account].append((month, loss))

    def lost(account: str, start: date, end: date) -> float:
        months = [month for month, _ in lost_until[account]]
        inside = slice(bisect_right(months, start), bisect_right(months, end))
        return sum(loss for _, loss in lost_until[account][inside])

    def seen(horizon: int, tier: str | None) -> tuple[float, float]:
        """Account-months, and the share that lasts."""
        count, by_month, at_end = 0, 0.0, 0.0
        for back in range(12):
            end = later(base, -back)
            start = later(end, -horizon)
            for account, mrr in ledger[start].items():
                if account in ledger[end] and tier in (None, tiers.get((account, start))):
                    count += 1
                    by_month += lost(account, start, end)
                    at_end += max(mrr - ledger[end][account], 0.0)
        return horizon * count, at_end / by_month

    for row in rows(
        marts,
        "select shares.* from intermediate.int_lasting_contraction as shares"
        " inner join marts.fct_mrr_forecast as forecasts using (made_on, horizon, touch_tier)"
        " where horizon in (1, 6, 12)",
    ):
        months, share = seen(row["horizon"], None)
        company = (months * share + PRIOR) / (months + PRIOR)
        months, share = seen(row["horizon"], row["touch_tier"])
        expected = min((months * share + PRIOR * company) / (months + PRIOR), 1)
        assert row["lasting_share"] == pytest.approx(expected, abs=1e-6), row


def test_the_shipped_log_is_what_the_backtest_says(marts):
    """A build as of the day sees what the backtest sees, up to the exchange rates of its year."""
    found = marts.execute(
        "select log.forecast, forecasts.expected_mrr + new_business.expected_mrr"
        " from marts.rpt_forecast_accuracy as log"
        " inner join intermediate.int_mrr_forecasts as forecasts"
        "   on log.made_on = forecasts.made_on and log.period = forecasts.forecast_month"
        " inner join intermediate.int_new_business_expected as new_business"
        "   on new_business.made_on = forecasts.made_on"
        "   and new_business.horizon = forecasts.horizon"
        "   and new_business.touch_tier = forecasts.touch_tier"
        " where log.figure = 'mrr' and forecasts.touch_tier = 'all' and not forecasts.is_today"
    ).fetchall()
    assert len(found) >= 48
    for published, backtest in found:
        assert float(published) == pytest.approx(backtest, rel=0.02)


def test_published_forecasts_have_an_accuracy(marts, ledger):
    judged = list(rows(marts, "select * from marts.rpt_forecast_accuracy where actual > 0"))
    assert {row["figure"] for row in judged} == {"mrr", "renewed_arr"}
    for row in judged:
        forecast, actual = float(row["forecast"]), float(row["actual"])
        if row["figure"] == "mrr":
            assert actual == pytest.approx(sum(ledger[row["period"]].values()), abs=0.01)
        assert row["accuracy"] == pytest.approx(actual / forecast, abs=1e-6)
        assert row["ape"] == pytest.approx(abs(actual - forecast) / actual, abs=1e-6)
        assert row["is_on_target"] == (0.9 <= round(actual / forecast, 9) <= 1.1)
