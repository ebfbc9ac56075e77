"""Movements: how an account's MRR went from one month to the next, and what drove it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .contracts import free_products, is_free
from .lines import ZERO, add_months, month_of, to_cents
from .mrr import Company, Holding, contracted, counted

LARGE_ARR = 100_000
MIDDLE_ARR = 15_000

Drivers = dict[tuple[str, str], Decimal]  # by driver and product


@dataclass(frozen=True)
class Month:
    """An account's month: what it opened with, how it moved and what it closed with."""

    account_id: str
    month: date
    opening: Decimal
    closing: Decimal
    reported: Decimal
    seats: float
    movement: str | None
    is_complete: bool

    def moved(self, movement: str) -> Decimal:
        """The amount of one movement, unsigned."""
        return abs(self.closing - self.opening) if movement == self.movement else ZERO


def arr_tier(mrr: Decimal) -> str:
    """The tier by ARR, which its cuts name."""
    if 12 * mrr >= LARGE_ARR:
        return "arr_100k_plus"
    return "arr_15k_100k" if 12 * mrr >= MIDDLE_ARR else "arr_under_15k"


def is_opening(company: Company, first: date) -> bool:
    """Whether an account with that first month may be older than the records."""
    starts = (row["started_on"] for row in company.accepted.rows["billing_subscriptions"])
    return first == month_of(min(starts))


def movement_type(opening: Decimal, closing: Decimal, was_active: bool) -> str | None:
    """What the step from one amount to another is called."""
    if opening == closing:
        return None
    if opening == 0:
        return "reactivation" if was_active else "new"
    if closing == 0:
        return "churn"
    return "expansion" if closing > opening else "contraction"


def monthly(company: Company) -> list[Month]:
    """From each account's first month with MRR to the month after its last."""
    rows = []
    for account_id, closings in company.closings.items():
        active = [index for index, closing in enumerate(closings) if closing > 0]
        if not active:
            continue
        for index in range(active[0], min(active[-1] + 2, len(closings))):
            month = company.months[index]
            opening = closings[index - 1] if index else ZERO
            rows.append(
                Month(
                    account_id,
                    month,
                    opening,
                    closings[index],
                    sum((line.reported for line in company.book[account_id][index]), ZERO),
                    company.seats(account_id, company.snapshot_day(month)),
                    movement_type(opening, closings[index], index > active[0]),
                    company.is_complete(month),
                )
            )
    return rows


# --- drivers ----------------------------------------------------------------------------------


def _by_product(holdings: list[Holding]) -> dict[str, list[Holding]]:
    products: dict[str, list[Holding]] = defaultdict(list)
    for holding in holdings:
        products[holding.line.product_id].append(holding)
    return products


def largest(holdings: list[Holding]) -> Holding:
    """The largest by contracted MRR, the lowest subscription and item on a tie."""
    return min(holdings, key=lambda holding: (-holding.contracted, holding.line.order))


Side = list[Holding]


def _pairs(before: Side, after: Side) -> list[tuple[Side, Side]]:
    """Lines of one unit with what they became: themselves, an item's namesake, or the rest."""

    def split(names: Callable[[Holding], object], olds: Side, news: Side) -> None:
        shared = {names(line) for line in olds} & {names(line) for line in news}
        for name in sorted(shared, key=str):
            pairs.append(
                ([o for o in olds if names(o) == name], [n for n in news if names(n) == name])
            )
        olds[:] = [line for line in olds if names(line) not in shared]
        news[:] = [line for line in news if names(line) not in shared]

    pairs: list[tuple[Side, Side]] = []
    olds, news = list(before), list(after)
    split(lambda holding: holding.line.order, olds, news)
    split(lambda holding: holding.line.item_id, olds, news)
    return [*pairs, (olds, news)] if olds or news else pairs


def _worth(old: Side, new: Side) -> Decimal:
    """The change of quantity of lines that belong together, at their old price."""
    quantity = sum(holding.line.quantity for holding in old)
    closing = sum(holding.line.quantity for holding in new)
    if quantity > 0:
        return to_cents((closing - quantity) * float(contracted(old)) / quantity)
    # What had no quantity had no price: its first one is taken.
    return contracted(new) if contracted(old) == 0 and closing > 0 else ZERO


def _quantity_effects(before: Side, after: Side) -> dict[str, Decimal]:
    """By unit; units are never added to each other."""
    pairs = [
        (unit, old, new)
        for unit in ("seat", "usage", "flat")
        for old, new in _pairs(
            [holding for holding in before if holding.line.unit == unit],
            [holding for holding in after if holding.line.unit == unit],
        )
    ]
    measured_otherwise = any(not old for _, old, _ in pairs) and any(not new for *_, new in pairs)
    effects: Counter[str] = Counter()
    for unit, old, new in pairs:
        comes_or_goes = not old or not new
        if comes_or_goes and (unit == "flat" or measured_otherwise):
            continue  # another unit, or a fee more or less, is another price
        effects[unit] += _worth(old, new)
    return effects


def _rank(company: Company, holdings: list[Holding]) -> int | None:
    plan = company.plans.get(largest(holdings).line.plan_id or "", {})
    return plan.get("plan_rank")


def _price_driver(company: Company, before: list[Holding], after: list[Holding]) -> str:
    """What the rest is called: a move between plans, else the price."""
    old, new = _rank(company, before), _rank(company, after)
    if old is None or new is None or old == new:
        return "price"
    return "upsell" if new > old else "downgrade"


def _product_drivers(
    company: Company, product: str, before: list[Holding], after: list[Holding]
) -> Drivers:
    """The drivers of one product of an account that stays."""
    old, new = contracted(before), contracted(after)
    if old == 0:
        return {("cross_sell", product): new}
    if new == 0:
        return {("product_drop", product): -old}
    effects = _quantity_effects(before, after)
    usage = effects.get("usage", ZERO)
    seats = sum(effects.values(), ZERO) - usage
    rest = new - old - seats - usage
    return {
        ("seats", product): seats,
        ("usage", product): usage,
        (_price_driver(company, before, after), product): rest,
    }


def free_at_zero(company: Company, row: Month, products: Iterable[str]) -> set[str]:
    """The products that an account at 0 has not left: it stands at 0 under a contract."""
    month = row.month if row.movement == "churn" else add_months(row.month, -1)
    day = company.snapshot_day(month)
    if is_free(company, row.account_id, day):
        return set(products)
    return free_products(company, row.account_id, day)


def drivers(company: Company, row: Month, before: list[Holding], after: list[Holding]) -> Drivers:
    """A movement split by driver and product; what is zero is left out."""
    movement = row.movement
    amounts: Counter[tuple[str, str]] = Counter()
    olds, news = _by_product(before), _by_product(after)
    is_at_zero = movement in ("churn", "reactivation")
    free = free_at_zero(company, row, {*olds, *news}) if is_at_zero else set()
    for product in olds.keys() | news.keys():
        old, new = olds.get(product, []), news.get(product, [])
        if movement == "new":
            driver = "opening" if is_opening(company, row.month) else "start"
            amounts[driver, product] = counted(new)
            continue
        change = contracted(new) - contracted(old)
        paused = counted(new) - counted(old) - change
        amounts["pause", product] = paused
        if product in free:
            amounts["free", product] = change
        elif movement == "churn":
            amounts["end", product] = change
        elif movement == "reactivation":
            amounts["return", product] = change
        else:
            amounts.update(_product_drivers(company, product, old, new))
    return {key: amount for key, amount in amounts.items() if amount}


def movements(company: Company) -> dict[tuple[str, date, str, str, str], Decimal]:
    """Signed amounts by account, month, movement, driver and product."""
    rows = {}
    for row in monthly(company):
        if row.movement is None:
            continue
        book = company.book[row.account_id]
        index = company.months.index(row.month)
        before = book[index - 1] if index else []
        split = drivers(company, row, before, book[index])
        if sum(split.values(), ZERO) != row.closing - row.opening:
            raise AssertionError(f"drivers do not sum: {row}")
        for (driver, product), amount in split.items():
            rows[row.account_id, row.month, row.movement, driver, product] = amount
    return rows
