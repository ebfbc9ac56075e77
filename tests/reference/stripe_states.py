"""What a Stripe item held and when: its price and quantity, rebuilt from invoice lines (S8)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

from .stripe_prices import FullLine, Price
from .stripe_tables import Raw, Tables, boolean, by, moment, number, text

CREATED_TOGETHER = timedelta(days=1)
PRICE_NAMES = ("price_id", "price.id", "plan_id", "plan.id", "price", "plan")


@dataclass(frozen=True)
class InvoiceLine:
    """A line of an invoice that belongs to an item."""

    item_id: str
    subscription_id: str
    price_id: str | None
    quantity: Fraction
    amount: Fraction  # minor units
    currency: str
    without_tax: Fraction | None
    is_proration: bool
    starts: datetime
    ends: datetime
    invoiced_at: datetime

    @property
    def is_charge(self) -> bool:
        """Whether it tells of a state; a credit does not."""
        return self.amount >= 0

    @property
    def is_full(self) -> bool:
        """Whether it bills a whole period with money."""
        return not self.is_proration and self.amount > 0 and self.quantity > 0


@dataclass(frozen=True)
class State:
    """A price and a quantity of an item from a day until another."""

    item_id: str
    starts: date
    ends: date
    price: Price
    quantity: Fraction
    line: FullLine | None


@dataclass(frozen=True)
class _Held:
    starts: date
    price_id: str | None
    quantity: Fraction


def read_lines(tables: Tables) -> list[InvoiceLine]:
    """The live lines of items; fees and other lines without an item are none."""
    invoices = by(tables.rows["invoice"], "id")
    parents = tables.parents("invoice")
    lines = []
    for row in tables.rows["line"]:
        item_id = text(row, "subscription_item_id", "subscription_item")
        starts, ends = moment(row, "period_start", "period.start"), moment(row, "period.end")
        if item_id is None or starts is None or ends is None:
            continue
        invoice_id = text(row, "invoice_id") or parents.get(row.get("_dlt_parent_id") or "", "")
        invoice = invoices.get(invoice_id, {})
        if False in (boolean(row, "livemode"), boolean(invoice, "livemode")):
            continue
        lines.append(
            InvoiceLine(
                item_id=item_id,
                subscription_id=text(row, "subscription_id", "subscription") or "",
                price_id=_price_id(row),
                quantity=number(row, "quantity") or Fraction(0),
                amount=number(row, "amount") or Fraction(0),
                currency=(text(row, "currency") or "usd").upper(),
                without_tax=number(row, "unit_amount_excluding_tax"),
                is_proration=bool(boolean(row, "proration")),
                starts=starts,
                ends=ends,
                invoiced_at=moment(invoice, "created") or starts,
            )
        )
    return lines


def _price_id(row: Raw) -> str | None:
    return next(
        (given for name in PRICE_NAMES if (given := text(row, name)) and given[0] != "{"), None
    )


class Histories:
    """The states of every item of a folder."""

    def __init__(self, tables: Tables, prices: dict[str, Price]) -> None:
        """From a folder's tables and the prices that they name."""
        self.tables = tables
        self.prices = prices
        self.lines = read_lines(tables)
        self._lines: dict[str, list[InvoiceLine]] = defaultdict(list)
        for line in sorted(self.lines, key=lambda line: (line.starts, line.invoiced_at)):
            self._lines[line.item_id].append(line)
        self._items: dict[str, Raw] = by(tables.rows["item"], "id")
        self._versions: dict[str, list[Raw]] = defaultdict(list)
        for row in tables.rows["subscription"]:
            self._versions[str(row["id"])].append(row)
        for versions in self._versions.values():
            versions.sort(key=lambda row: moment(row, "_fivetran_start") or datetime.min)
        self._of_subscription: dict[str, set[str]] = defaultdict(set)
        for row in tables.rows["item"]:
            self._of_subscription[self._subscription_of(row)].add(str(row["id"]))
        for line in self.lines:
            self._of_subscription[line.subscription_id].add(line.item_id)

    def versions(self, subscription_id: str) -> list[Raw]:
        """The versions of a subscription, oldest first."""
        return self._versions[subscription_id]

    def items(self, subscription_id: str) -> list[Raw]:
        """The items that the subscription has now."""
        ids = sorted(self._of_subscription[subscription_id])
        return [self._items[item_id] for item_id in ids if item_id in self._items]

    def of(self, subscription: Raw, started_on: date) -> list[State]:
        """Every state of the subscription's items, those no longer there included."""
        states = []
        for item_id in sorted(self._of_subscription[str(subscription["id"])]):
            states += self._item(item_id, subscription, started_on)
        return states

    def _subscription_of(self, row: Raw) -> str:
        parents = self.tables.parents("subscription")
        return text(row, "subscription_id", "subscription") or parents.get(
            row.get("_dlt_parent_id") or "", ""
        )

    def _item(self, item_id: str, subscription: Raw, started_on: date) -> list[State]:
        item = self._items.get(item_id)
        lines = self._lines[item_id]
        held = self._billed(lines)
        if item:
            held = self._with_present(held, item, lines, str(subscription["id"]))
        if not held:
            return []
        first = self._first_day(held[0], item, subscription, started_on)
        held[0] = replace(held[0], starts=first)
        end = date.max if item else _removed_on(lines)
        ends = [later.starts for later in held[1:]] + [end]
        return [
            State(
                item_id=item_id,
                starts=now.starts,
                ends=min(until, end),
                price=price,
                quantity=now.quantity,
                line=self._full_line(lines, now),
            )
            for now, until in zip(held, ends, strict=True)
            if (price := self.prices.get(now.price_id or "")) and not price.is_one_time
        ]

    def _quantity(self, price_id: str | None, quantity: Fraction | None) -> Fraction:
        price = self.prices.get(price_id or "")
        if price and price.is_metered:
            return Fraction(0)  # what a metered line counts is use
        return Fraction(1) if quantity is None else quantity

    def _billed(self, lines: list[InvoiceLine]) -> list[_Held]:
        """The states that lines tell; of several on a day the last, equal neighbours once."""
        days: dict[date, _Held] = {}
        for line in lines:
            if line.is_charge:
                quantity = self._quantity(line.price_id, line.quantity)
                days[line.starts.date()] = _Held(line.starts.date(), line.price_id, quantity)
        held: list[_Held] = []
        for _, state in sorted(days.items()):
            if not held or _differs(held[-1], state):
                held.append(state)
        return held

    def _with_present(
        self, held: list[_Held], item: Raw, lines: list[InvoiceLine], subscription_id: str
    ) -> list[_Held]:
        price_id = _price_id(item)
        now = _Held(date.min, price_id, self._quantity(price_id, number(item, "quantity")))
        if not self.tables.has("line"):
            return self._stated_by_versions(now, subscription_id)
        if not held:
            return [now]
        if not _differs(held[-1], now):
            return held
        last = max(line.starts for line in lines if line.is_charge)
        day = self._unbilled_change(item, now, last, subscription_id)
        return [state for state in held if state.starts < day] + [replace(now, starts=day)]

    def _stated_by_versions(self, now: _Held, subscription_id: str) -> list[_Held]:
        """Without invoices: the quantities of versions, where there is one item only."""
        versions = self.versions(subscription_id)
        stated = [number(row, "quantity") for row in versions]
        if len(self.items(subscription_id)) != 1 or None in stated or not self.tables.has_versions:
            return [now]
        held: dict[date, _Held] = {}
        for row, quantity in zip(versions, stated, strict=True):
            starts = (moment(row, "_fivetran_start") or datetime.min).date()
            held[starts] = replace(
                now, starts=starts, quantity=self._quantity(now.price_id, quantity)
            )
        return [state for _, state in sorted(held.items())]

    def _unbilled_change(self, item: Raw, now: _Held, last: datetime, subscription_id: str) -> date:
        """When the item became what no line has billed yet."""
        pending = [
            starts
            for row in self.tables.rows["invoice_item"]
            if text(row, "subscription_item_id", "subscription_item") == item["id"]
            and text(row, "invoice_id", "invoice") is None
            and (number(row, "amount") or 0) >= 0
            and self._quantity(now.price_id, number(row, "quantity")) == now.quantity
            and (starts := moment(row, "period_start", "period.start", "date"))
        ]
        if pending:
            return max(pending).date()
        silent = [
            starts
            for before, after in pairwise(self.versions(subscription_id))
            if (starts := moment(after, "_fivetran_start")) and starts > last
            if _visibly_changed(before, after) <= {"quantity"}
        ]
        if silent:
            return max(silent).date()
        return (self.tables.row_loaded_at(item) or self.tables.loaded_at).date()

    @staticmethod
    def _first_day(held: _Held, item: Raw | None, subscription: Raw, started_on: date) -> date:
        begun = moment(subscription, "created") or datetime.max
        if item is None:
            # Of an item that is gone nothing but its lines is known.
            together = held.starts - begun.date() <= CREATED_TOGETHER
            return started_on if together else held.starts
        created = moment(item, "created") or begun
        if abs(created - begun) <= CREATED_TOGETHER:
            return started_on
        return created.date() if held.starts == date.min else min(created.date(), held.starts)

    def _full_line(self, lines: list[InvoiceLine], held: _Held) -> FullLine | None:
        """The last full line of the state, else of its price."""
        full = [line for line in lines if line.is_full and line.price_id == held.price_id]
        same = [line for line in full if line.quantity == held.quantity]
        last = (same or full or [None])[-1]
        if last is None:
            return None
        return FullLine(last.amount, last.quantity, last.currency, last.without_tax)


def _differs(one: _Held, other: _Held) -> bool:
    return (one.price_id, one.quantity) != (other.price_id, other.quantity)


def _visibly_changed(before: Raw, after: Raw) -> set[str]:
    return {
        name for name in after if not name.startswith("_") and before.get(name) != after.get(name)
    }


def _removed_on(lines: list[InvoiceLine]) -> date:
    """The last credit after the last charge, else the end of what was billed."""
    charged = [line for line in lines if line.is_charge]
    last = max(line.starts for line in charged)
    credits = [line.starts for line in lines if not line.is_charge and line.starts > last]
    return max(credits).date() if credits else max(line.ends for line in charged).date()
