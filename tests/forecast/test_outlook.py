"""The outlook and the pipeline of the demo, from its raw tables alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from reference.lines import to_cents
from reference.mrr import Company
from reference.warehouse import DEMO

GRACE = timedelta(days=30)
EXPANSIONS = {"upsell", "cross_sell", "seat_expansion", "usage_expansion"}
CLOSED = {"closed_won", "closed_lost"}
ZERO = Decimal(0)

Row = dict[str, Any]


@dataclass
class Demo:
    """The demo's marts, and what its raw tables held on as_of_date."""

    marts: duckdb.DuckDBPyConnection
    company: Company
    today: date
    rate_on: date

    def rows(self, mart: str, where: str = "true") -> list[Row]:
        """Rows of a mart."""
        cursor = self.marts.execute(f"select * from marts.{mart} where {where}")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def raw(self, table: str) -> list[Row]:
        """Accepted rows of a raw table."""
        return self.company.accepted.rows[table]


@pytest.fixture(scope="module")
def read(marts: duckdb.DuckDBPyConnection) -> Demo:
    """The demo, read once."""
    found = marts.execute("select as_of_date, fx_rate_on from intermediate.int_run_context")
    today, rate_on = found.fetchone() or (None, None)
    company = Company.read(DEMO, today, date.today(), fx_rate_on=rate_on)
    return Demo(marts, company, today, rate_on)


def quarter_of(day: date) -> date:
    """First day of a day's quarter."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def opportunities(read: Demo) -> dict[str, Row]:
    """Each opportunity that the CRM knew, with its stage then and its amount in the currency."""
    stages: dict[str, list[tuple[Any, str]]] = defaultdict(list)
    for row in read.raw("crm_opportunity_stages"):
        stages[row["opportunity_id"]].append((row["entered_at"], row["stage"]))
    found = {}
    for row in read.raw("crm_opportunities"):
        if row["created_at"].date() > read.today:
            continue
        history = stages.get(row["opportunity_id"])
        entered = [pair for pair in history or [] if pair[0].date() <= read.today]
        closed_on = row["closed_on"] if (row["closed_on"] or date.max) <= read.today else None
        stage = max(entered)[1] if entered else "identified"
        if not history and (closed_on or not row["closed_on"]):
            stage = row["stage"]
        currency = row["currency"] or read.company.accepted.reporting_currency
        amount = to_cents(row["amount"] * read.company.rate(currency, read.rate_on))
        found[row["opportunity_id"]] = row | {
            "stage": stage,
            "closed_on": closed_on,
            "amount": amount,
        }
    return found


def test_the_pipeline_is_what_the_crm_holds_open(read: Demo) -> None:
    """Open, overdue, won and lost amounts by quarter, type and whether there is a date."""
    expected: dict[Any, dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    this_quarter = quarter_of(read.today)
    for row in opportunities(read).values():
        due, key = row["expected_close_on"], None
        if row["opportunity_type"] not in EXPANSIONS:
            continue
        if row["stage"] not in CLOSED:
            quarter = quarter_of(max(due or read.today, read.today))
            key = (quarter, row["opportunity_type"], due is not None)
            expected[key]["open_amount"] += row["amount"]
            if due and due < read.today:
                expected[key]["overdue_amount"] += row["amount"]
        else:
            closed = row["closed_on"] or due
            if closed and quarter_of(closed) == this_quarter:
                key = (this_quarter, row["opportunity_type"], True)
                name = "won_amount" if row["stage"] == "closed_won" else "lost_amount"
                expected[key][name] += row["amount"]
    names = ("open_amount", "overdue_amount", "won_amount", "lost_amount")
    made = {
        (row["quarter"], row["opportunity_type"], row["is_dated"]): [row[name] for name in names]
        for row in read.rows("rpt_expansion_forecast")
    }
    assert made == {key: [amounts[name] for name in names] for key, amounts in expected.items()}
    assert sum(amounts[0] for amounts in made.values()) > 0


def test_every_opportunity_is_there(read: Demo) -> None:
    """One row per opportunity, of any stage and date, with its amount."""
    expected = {
        key: (row["stage"], row["stage"] not in CLOSED, row["amount"], row["closed_on"])
        for key, row in opportunities(read).items()
    }
    made = {
        row["opportunity_id"]: (row["stage"], row["is_open"], row["amount"], row["closed_on"])
        for row in read.rows("fct_opportunities")
    }
    assert made == expected


def outlook_of(read: Demo, renewal: Row) -> str:
    """The outlook of an undecided renewal, from contracts, successors, ends and notices."""
    today, own = read.today, renewal["subscription_id"]
    subscriptions = {row["subscription_id"]: row for row in read.raw("billing_subscriptions")}
    subscription = subscriptions[own]
    successors = {
        key
        for key, row in subscriptions.items()
        if row["renews_subscription_id"] == own and row["started_on"] <= today
    }
    ended_on = subscription["ended_on"] or date.max
    if min([ended_on, *(subscriptions[key]["started_on"] for key in successors)]) <= today:
        return "secured" if successors else "lost"
    if (subscription["canceled_on"] or ended_on) <= today and ended_on <= (
        renewal["renewal_on"] + GRACE
    ):
        return "lost"
    signed = any(
        row["subscription_id"] in {own, *successors}
        and (row["signed_on"] or row["term_start_on"]) <= today
        and row["term_end_on"] > renewal["renewal_on"]
        and abs(row["term_start_on"] - renewal["renewal_on"]) <= GRACE
        for row in read.raw("billing_contract_terms")
    )
    return "secured" if signed else "open"


def test_signed_renewals_count_in_full_and_ended_ones_as_0(read: Demo) -> None:
    """Every renewal that is not decided, and the quarter that they make."""
    quarter = quarter_of(read.today)
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    undecided = read.rows("fct_renewals", "outcome = 'open'")
    seen = set()
    for row in undecided:
        outlook = outlook_of(read, row)
        assert row["current_outlook"] == outlook, row
        assert row[f"{outlook}_arr"] == row["arr_up"], row
        seen.add(outlook)
    assert seen == {"secured", "lost", "open"}
    for row in read.rows("fct_renewals"):
        if quarter_of(row["renewal_on"]) == quarter:
            outlook = outlook_of(read, row) if row["outcome"] == "open" else None
            parts = [row["arr_up"] * (outlook == name) for name in ("secured", "lost", "open")]
            if outlook is None:
                parts = [row["renewed_arr"], row["arr_up"] - row["renewed_arr"], ZERO]
            for name, part in zip(("secured_arr", "lost_arr", "open_arr"), parts, strict=True):
                sums[name] += part
    (all_tiers,) = read.rows(
        "rpt_renewal_forecast", f"touch_tier = 'all' and quarter = date '{quarter}'"
    )
    assert {name: all_tiers[name] for name in sums} == sums


def test_committed_mrr_leaves_out_what_is_under_notice(read: Demo) -> None:
    """The lines of today without those of subscriptions that were cancelled by then.

    The demo has no subscription that is signed and starts later, so nothing is added.
    """
    cancelled = {
        row["subscription_id"]: row
        for row in read.raw("billing_subscriptions")
        if row["canceled_on"] and row["canceled_on"] <= read.today
    }
    assert not [row for row in read.raw("billing_subscriptions") if row["started_on"] > read.today]
    leaving = 0
    for row in read.rows("dim_accounts"):
        holdings = read.company.holdings(row["account_id"], read.today)
        paid = [holding for holding in holdings if holding.counted > 0]
        stay = [one for one in paid if one.line.subscription_id not in cancelled]
        assert row["committed_mrr"] == sum((one.counted for one in stay), ZERO), row
        has_left = bool(paid) and not stay
        assert (row["notice_given_on"] is not None) == has_left, row
        if has_left:
            own = {one.line.subscription_id for one in paid}
            assert row["notice_given_on"] == max(cancelled[key]["canceled_on"] for key in own)
            assert row["leaves_on"] == max(cancelled[key]["ended_on"] for key in own)
            leaving += 1
    assert leaving > 0


def test_the_calendar_holds_every_renewal(read: Demo) -> None:
    """A join of fct_renewals with dim_dates drops no row."""
    (beyond,) = read.marts.execute(
        "select count(*) from marts.fct_renewals as r"
        " anti join marts.dim_dates as d on r.renewal_on = d.date_day"
    ).fetchone() or (None,)
    assert beyond == 0
