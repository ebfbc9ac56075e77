"""MRR per Stripe customer and month, by the rules S1 to S20 of the connectors' specification."""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from .lines import Policy, add_months, month_of, to_cents
from .stripe_discounts import Discount, discounted, in_period, read_discounts
from .stripe_prices import read_prices
from .stripe_states import Histories, State
from .stripe_tables import Raw, Tables, boolean, by, moment, text

Span = tuple[date, date]
Ledger = dict[tuple[str, date], Decimal]
STOPPED = ("void", "mark_uncollectible")
UNCOLLECTED = ("void", "uncollectible")
NEVER_BEGAN = ("incomplete", "incomplete_expired")


def read_rates(path: Path) -> dict[str, list[tuple[date, Fraction]]]:
    """The rates of `billing_exchange_rates.csv`, each currency's by day."""
    rates: dict[str, list[tuple[date, Fraction]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day, rate = date.fromisoformat(row["rate_on"]), Fraction(row["rate_to_reporting"])
            rates[row["currency"].upper()].append((day, rate))
    return {currency: sorted(known) for currency, known in rates.items()}


@dataclass(frozen=True)
class Service:
    """A subscription that counts: its days, its pauses, and what it held."""

    subscription_id: str
    customer_id: str
    starts: date
    bills_from: date
    ends: date
    canceled_on: date
    pauses: tuple[Span, ...]
    trials: tuple[Span, ...]
    periods: tuple[date, ...]
    states: tuple[State, ...]
    discounts: tuple[Discount, ...]

    def period_of(self, day: date) -> date:
        """The first day of the billing period that the day lies in."""
        return self.periods[max(bisect_right(self.periods, day) - 1, 0)]

    @property
    def billed_periods(self) -> list[date]:
        """The first days of its periods but for those of trials, which bill nothing."""
        return [day for day in self.periods if not _inside(self.trials, day)]

    def is_paused(self, day: date) -> bool:
        """Whether the subscription earns nothing on the day, though in force."""
        return _inside(self.pauses, day)


@dataclass
class StripeCompany:
    """A Stripe account as a loader left it, under a policy."""

    tables: Tables
    rates: dict[str, list[tuple[date, Fraction]]] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)
    reporting_currency: str = "USD"

    @classmethod
    def read(
        cls, folder: Path, rates: Path | None = None, policy: Policy | None = None
    ) -> StripeCompany:
        """From a folder of CSV files; `rates` is the contract's table of exchange rates."""
        return cls(Tables.read(folder), read_rates(rates) if rates else {}, policy or Policy())

    # --- the ledger -----------------------------------------------------------------------

    def ledger(self, as_of: date) -> Ledger:
        """MRR above 0 of each customer and month, to the month of `as_of`."""
        firsts = [service.starts for service in self.services if service.starts <= as_of]
        ledger: Ledger = {}
        month = month_of(min(firsts, default=add_months(as_of, 1)))
        while month <= as_of:
            day = min(add_months(month, 1) - timedelta(days=1), as_of)
            for customer_id, amount in self.on(day, as_of).items():
                ledger[customer_id, month] = amount
            month = add_months(month, 1)
        return ledger

    def on(self, day: date, as_of: date) -> dict[str, Decimal]:
        """MRR above 0 of each customer on a day, at the rates of `as_of`'s year."""
        totals: dict[str, Decimal] = defaultdict(Decimal)
        for service in self.services:
            totals[service.customer_id] += self._amount(service, day, as_of)
        return {customer_id: amount for customer_id, amount in totals.items() if amount > 0}

    def _amount(self, service: Service, day: date, as_of: date) -> Decimal:
        ends = service.ends
        if self.policy.churn_lands_at == "notice":
            ends = min(ends, service.canceled_on)
        if not max(service.starts, service.bills_from) <= day < ends:
            return Decimal(0)
        if self.policy.paused == "zero" and service.is_paused(day):
            return Decimal(0)
        states = [state for state in service.states if state.starts <= day < state.ends]
        if self.policy.metered_items == "exclude":
            states = [state for state in states if not state.price.is_metered]
        bills = [state.price.bill(state.quantity, state.line) for state in states]
        held = in_period(service.discounts, service.period_of(day), service.billed_periods)
        if self.policy.temporary_discounts == "ignore":
            held = [discount for discount in held if not discount.is_temporary]
        total = Decimal(0)
        for bill, amount in zip(bills, discounted(bills, held), strict=True):
            monthly = amount / bill.months * self._rate(bill.currency, as_of)
            total += to_cents(float(monthly))
        return total

    def _rate(self, currency: str, as_of: date) -> Fraction:
        """The latest rate on or before 1 January of the year, else the earliest."""
        if currency == self.reporting_currency:
            return Fraction(1)
        known = self.rates[currency]
        before = [rate for day, rate in known if day <= date(as_of.year, 1, 1)]
        return before[-1] if before else known[0][1]

    # --- subscriptions --------------------------------------------------------------------

    @cached_property
    def histories(self) -> Histories:
        """What each item held."""
        return Histories(self.tables, read_prices(self.tables))

    @cached_property
    def discounts(self) -> list[Discount]:
        """Every discount of the account."""
        return read_discounts(self.tables)

    @cached_property
    def services(self) -> list[Service]:
        """The subscriptions that count, in order of their ids."""
        customers = by(self.tables.rows["customer"], "id")
        ids = sorted({str(row["id"]) for row in self.tables.rows["subscription"]})
        services = []
        for subscription_id in ids:
            row = _standing(self.histories.versions(subscription_id))
            customer_id = text(row, "customer_id", "customer") or ""
            live = (boolean(row, "livemode"), boolean(customers.get(customer_id, {}), "livemode"))
            if False not in live and text(row, "status") not in NEVER_BEGAN:
                services.append(self._service(row, customer_id))
        return services

    def _service(self, row: Raw, customer_id: str) -> Service:
        subscription_id = str(row["id"])
        starts = _day(row, "start_date", "created") or date.min
        states = self.histories.of(row, starts)
        bills_from, courtesies = self._trials(row, starts)
        pauses = self._pauses(row) + courtesies
        return Service(
            subscription_id=subscription_id,
            customer_id=customer_id,
            starts=starts,
            bills_from=bills_from,
            ends=self._ends(row),
            canceled_on=_day(row, "canceled_at") or date.max,
            pauses=tuple(pauses),
            trials=((starts, bills_from), *courtesies),
            periods=tuple(self._periods(subscription_id, starts, states)),
            states=tuple(states),
            discounts=tuple(
                discount
                for discount in self.discounts
                if discount.subscription_id == subscription_id
                or (discount.subscription_id is None and discount.customer_id == customer_id)
            ),
        )

    def _ends(self, row: Raw) -> date:
        stated = _day(row, "ended_at") or _day(row, "cancel_at")
        if stated:
            return stated
        if not boolean(row, "cancel_at_period_end"):
            return date.max
        items = self.histories.items(str(row["id"]))
        ends = [known for item in items if (known := _day(item, "current_period_end"))]
        return _day(row, "current_period_end") or max(ends, default=date.max)

    def _trials(self, row: Raw, starts: date) -> tuple[date, list[Span]]:
        """The day from which it bills, and trials that were given later, which are pauses."""
        trials: dict[date, date] = {}
        for version in [*self.histories.versions(str(row["id"])), row]:
            ends = _day(version, "trial_end")
            if ends:
                trials[_day(version, "trial_start") or starts] = ends
        bills_from = max(
            (until for first, until in trials.items() if first <= starts), default=None
        )
        courtesies = [(first, until) for first, until in trials.items() if first > starts]
        if bills_from is None and text(row, "status") == "trialing" and not courtesies:
            bills_from = date.max
        return bills_from or date.min, courtesies

    def _pauses(self, row: Raw) -> list[Span]:
        """What versions tell, else the cycles that nobody collected."""
        spans: list[Span] = []
        begun: date | None = None
        believed = False
        versions = self.histories.versions(str(row["id"])) if self.tables.has_versions else []
        for position, version in enumerate(versions):
            if not _is_paused(version):
                if begun and believed:
                    spans.append((begun, _day(version, "_fivetran_start") or date.max))
                begun, believed = None, False
            elif begun is None:
                # A first version that is paused was written by a re-sync, not by the pause.
                begun, believed = _day(version, "_fivetran_start"), position > 0
        if begun and believed:
            spans.append((begun, _day(row, "pause_collection.resumes_at") or date.max))
        return spans or self._uncollected(str(row["id"]))

    def _uncollected(self, subscription_id: str) -> list[Span]:
        cycles = sorted(
            (known.date(), text(invoice, "status"))
            for invoice in self.tables.rows["invoice"]
            if text(invoice, "subscription_id", "subscription") == subscription_id
            and text(invoice, "billing_reason") == "subscription_cycle"
            and (known := moment(invoice, "created"))
        )
        spans: list[Span] = []
        begun: date | None = None
        for day, status in cycles:
            if status in UNCOLLECTED:
                begun = begun or day
            elif status == "paid" and begun:
                spans.append((begun, day))
                begun = None
        return [*spans, (begun, date.max)] if begun else spans

    def _periods(self, subscription_id: str, starts: date, states: list[State]) -> list[date]:
        """The first days of its billing periods, those to come as far as a ledger may go."""
        days = {starts} | {
            line.starts.date()
            for line in self.histories.lines
            if line.subscription_id == subscription_id and not line.is_proration
            if not self._is_metered(line.price_id)
        }
        days |= {
            known
            for item in self.histories.items(subscription_id)
            if (known := _day(item, "current_period_start"))
        }
        intervals = [
            (s.price.interval, s.price.interval_count) for s in states if s.ends == date.max
        ]
        if intervals:
            interval, count = min(intervals, key=lambda each: str(each))
            days |= set(_following(max(days), interval or "month", int(count)))
        return sorted(days)

    def _is_metered(self, price_id: str | None) -> bool:
        price = self.histories.prices.get(price_id or "")
        return bool(price and price.is_metered)


def _inside(spans: Iterable[Span], day: date) -> bool:
    return any(first <= day < until for first, until in spans)


def _standing(versions: list[Raw]) -> Raw:
    """The active version, else the latest."""
    active = [row for row in versions if boolean(row, "_fivetran_active")]
    return (active or versions)[-1]


def _is_paused(version: Raw) -> bool:
    behavior = text(version, "pause_collection.behavior")
    return behavior in STOPPED or text(version, "status") == "paused"


def _day(row: Raw, *names: str) -> date | None:
    known: datetime | None = moment(row, *names)
    return known.date() if known else None


def _following(first: date, interval: str, count: int, periods: int = 60) -> list[date]:
    """The first days of the periods after one, a short month's on its last day."""
    days = []
    for number in range(1, periods + 1):
        if interval in ("day", "week"):
            length = count * (7 if interval == "week" else 1)
            days.append(first + timedelta(days=number * length))
            continue
        month = add_months(first, number * count * (12 if interval == "year" else 1))
        last = (add_months(month, 1) - timedelta(days=1)).day
        days.append(month.replace(day=min(first.day, last)))
    return days
