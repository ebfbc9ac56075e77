"""Recurring revenue: a company's contract lines, and what each carries on a day."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import zip_longest
from pathlib import Path

from .contracts import has_contract
from .invoices import out_span
from .lines import (
    MONTHS,
    NO_PRODUCT,
    ZERO,
    Line,
    Policy,
    add_months,
    month_of,
    months_between,
    to_cents,
)
from .raw import Accepted, Row, accept, line_amount
from .succession import replaced_on
from .usage import Usage, accept_usage


@dataclass(frozen=True)
class Holding:
    """A line on a day: its MRR as contracted, and as it counts when pauses are heeded."""

    line: Line
    contracted: Decimal
    counted: Decimal
    reported: Decimal


@dataclass
class Company:
    """A company's accepted rows under its policy, as seen on a day."""

    accepted: Accepted
    as_of: date
    policy: Policy = field(default_factory=Policy)
    fx_rate_on: date | None = None
    usage: Usage = field(default_factory=Usage)

    @classmethod
    def read(
        cls,
        folder: Path,
        as_of: date,
        run_date: date,
        policy: Policy | None = None,
        fx_rate_on: date | None = None,
        reporting_currency: str | None = None,
    ) -> Company:
        """From a folder of raw tables."""
        accepted = accept(folder, run_date, reporting_currency)
        usage = accept_usage(folder, accepted, run_date)
        return cls(accepted, as_of, policy or Policy(), fx_rate_on, usage)

    # --- months ---------------------------------------------------------------------------

    @cached_property
    def months(self) -> list[date]:
        """Every month from the first line to the one of as_of, which may be open."""
        starts = [line.starts for line in self.lines if line.starts <= self.as_of]
        if not starts:
            return []
        first = month_of(min(starts))
        return [add_months(first, n) for n in range(months_between(first, self.as_of) + 1)]

    def snapshot_day(self, month: date) -> date:
        """The month's last day, or as_of in the open month."""
        return min(add_months(month, 1) - timedelta(days=1), self.as_of)

    def is_complete(self, month: date) -> bool:
        """Whether the month's last day is not after as_of."""
        return add_months(month, 1) - timedelta(days=1) <= self.as_of

    # --- money ----------------------------------------------------------------------------

    @cached_property
    def _rates(self) -> dict[str, tuple[list[date], list[float]]]:
        rates: dict[str, tuple[list[date], list[float]]] = defaultdict(lambda: ([], []))
        rows = self.accepted.rows["billing_exchange_rates"]
        for row in sorted(rows, key=lambda row: row["rate_on"]):
            days, values = rates[row["currency"].upper()]
            days.append(row["rate_on"])
            values.append(row["rate_to_reporting"])
        return dict(rates)

    def rate(self, currency: str, day: date) -> float:
        """The latest rate on or before the day, else the earliest."""
        if currency == self.accepted.reporting_currency:
            return 1.0
        days, values = self._rates[currency]
        return values[max(bisect_right(days, day) - 1, 0)]

    # --- lines ----------------------------------------------------------------------------

    @cached_property
    def plans(self) -> dict[str, Row]:
        """The plans by id."""
        return {row["plan_id"]: row for row in self.accepted.rows["billing_plans"]}

    @cached_property
    def lines(self) -> list[Line]:
        """Every contract line of the company."""
        items: dict[str, list[Row]] = defaultdict(list)
        for row in self.accepted.rows["billing_subscription_items"]:
            items[row["subscription_id"]].append(row)
        lines = []
        for subscription in self.accepted.rows["billing_subscriptions"]:
            own = items[subscription["subscription_id"]]
            itemized = self._itemized(subscription, own)
            if subscription["started_on"] < itemized:
                lines.append(self._plain_line(subscription, itemized))
            lines += self._item_lines(subscription, own)
        return lines

    def _itemized(self, subscription: Row, own: list[Row]) -> date:
        """The first day of its items; of one that has none but wrong ones, of those."""
        # No item is known before its first day; until then the subscription has none.
        days = [row["effective_from"] for row in own] or [
            row["effective_from"] or date.min
            for row in self.accepted.rejected_rows["billing_subscription_items"]
            if row["subscription_id"] == subscription["subscription_id"]
        ]
        return min(days, default=date.max)

    def _stated_end(self, subscription: Row) -> date:
        end = subscription["ended_on"] or date.max
        if self.policy.churn_lands_at == "notice":
            end = min(end, subscription["canceled_on"] or date.max)
        return end

    def _stated_service(self, subscription: Row) -> tuple[date, date]:
        first = max(subscription["started_on"], self._bills_from(subscription))
        return first, self._stated_end(subscription)

    @cached_property
    def _replaced_on(self) -> dict[str, date]:
        rows = self.accepted.rows["billing_subscriptions"]
        return replaced_on(rows, self._stated_service, self.as_of)

    def _end(self, subscription: Row) -> date:
        replaced = self._replaced_on.get(subscription["subscription_id"], date.max)
        return min(self._stated_end(subscription), replaced)

    @staticmethod
    def _bills_from(subscription: Row) -> date:
        if subscription["trial_ends_on"]:
            return subscription["trial_ends_on"]
        is_trial = subscription["is_trial"]
        if is_trial is None:
            is_trial = subscription["status"] == "trialing"
        return date.max if is_trial else date.min

    def _currency(self, *given: str | None) -> str:
        present = [currency for currency in given if currency]
        return present[0].upper() if present else self.accepted.reporting_currency

    def _plain_line(self, subscription: Row, itemized: date) -> Line:
        """The one line of a subscription without items, or until it has some."""
        plan = self.plans.get(subscription["plan_id"], {})
        seats, amount = subscription["seats"], subscription["mrr_amount"]
        return Line(
            account_id=subscription["account_id"],
            subscription_id=subscription["subscription_id"],
            item_id="",
            product_id=plan.get("product_id") or NO_PRODUCT,
            plan_id=subscription["plan_id"],
            starts=subscription["started_on"],
            ends=min(self._end(subscription), itemized),
            bills_from=self._bills_from(subscription),
            quantity=1 if seats is None else seats,
            seats=seats or 0,
            unit="flat" if seats is None else "seat",
            monthly=amount or 0,
            # Where nothing is charged, the currency may be one without a rate.
            currency=self._currency(subscription["currency"] if amount is not None else None),
        )

    def _item_lines(self, subscription: Row, rows: list[Row]) -> list[Line]:
        lines = []
        rows = sorted(rows, key=lambda row: (row["item_id"], row["effective_from"]))
        for row, follower in zip_longest(rows, rows[1:]):
            same = follower is not None and follower["item_id"] == row["item_id"]
            succeeded = follower["effective_from"] if same and follower else date.max
            unit = row["unit"] or "seat"
            lines.append(
                Line(
                    account_id=subscription["account_id"],
                    subscription_id=subscription["subscription_id"],
                    item_id=row["item_id"],
                    product_id=row["product_id"],
                    plan_id=row["plan_id"] or subscription["plan_id"],
                    starts=max(subscription["started_on"], row["effective_from"]),
                    ends=min(self._end(subscription), row["effective_to"] or succeeded),
                    bills_from=self._bills_from(subscription),
                    quantity=row["quantity"],
                    seats=row["quantity"] if unit == "seat" else 0,
                    unit=unit,
                    monthly=self._monthly(row),
                    currency=self._currency(row["currency"], subscription["currency"]),
                )
            )
        return lines

    def _monthly(self, item: Row) -> float:
        ignored = item["is_temporary_discount"] and self.policy.temporary_discounts == "ignore"
        count = item["billing_interval_count"]
        months = MONTHS[item["billing_interval"]] * (1 if count is None else count)
        return line_amount(item, with_discount=not ignored) / months

    # --- what stops revenue ---------------------------------------------------------------

    @cached_property
    def _pauses(self) -> dict[str, list[tuple[date, date]]]:
        pauses = defaultdict(list)
        for row in self.accepted.rows["billing_subscription_pauses"]:
            span = (row["paused_from"], row["resumed_on"] or date.max)
            pauses[row["subscription_id"]].append(span)
        return pauses

    @cached_property
    def _delinquencies(self) -> dict[str, list[tuple[date, date]]]:
        """Spans in which an unpaid invoice is so old that its account counts as gone."""
        spans = defaultdict(list)
        if self.policy.past_due == "churn_after":
            for row in self.accepted.rows["billing_invoices"]:
                span = out_span(row, self.policy.past_due_days)
                if span:
                    spans[row["account_id"]].append(span)
        return spans

    # --- on a day -------------------------------------------------------------------------

    @cached_property
    def account_lines(self) -> dict[str, list[Line]]:
        """The lines of each account."""
        lines = defaultdict(list)
        for line in self.lines:
            lines[line.account_id].append(line)
        return dict(lines)

    @cached_property
    def services(self) -> dict[str, list[tuple[str, date, date]]]:
        """Each account's subscriptions, with the days on which their service begins and ends."""
        services = defaultdict(list)
        for row in self.accepted.rows["billing_subscriptions"]:
            begins = max(row["started_on"], self._bills_from(row))
            services[row["account_id"]].append((row["subscription_id"], begins, self._end(row)))
        return services

    def is_delinquent(self, account_id: str, day: date) -> bool:
        """Whether the account is out for late payment."""
        return _inside(self._delinquencies.get(account_id, []), day)

    def contracted_amount(self, line: Line) -> Decimal:
        """What a line carries in a month while it runs, pauses aside."""
        if not self._counts(line):
            return ZERO
        fx_on = self.fx_rate_on or date(self.as_of.year, 1, 1)
        return to_cents(line.monthly * self.rate(line.currency, fx_on))

    def _counts(self, line: Line) -> bool:
        return not (line.is_metered and self.policy.metered_items == "exclude")

    def holdings(self, account_id: str, day: date) -> list[Holding]:
        """The account's lines that carry revenue on the day; a paused one carries 0."""
        if self.is_delinquent(account_id, day):
            return []
        holdings = []
        for line in self.account_lines.get(account_id, []):
            if max(line.starts, line.bills_from) <= day < line.ends and self._counts(line):
                amount = self.contracted_amount(line)
                reported = to_cents(line.monthly * self.rate(line.currency, day))
                paused = self.policy.paused == "zero" and _inside(
                    self._pauses.get(line.subscription_id, []), day
                )
                holdings.append(
                    Holding(line, amount, ZERO if paused else amount, ZERO if paused else reported)
                )
        return holdings

    def seats(self, account_id: str, day: date) -> float:
        """Seats in force, whether or not they are paid for."""
        lines = self.account_lines.get(account_id, [])
        # A trial's seats count once it bills.
        return sum(
            line.seats for line in lines if max(line.starts, line.bills_from) <= day < line.ends
        )

    @cached_property
    def book(self) -> dict[str, list[list[Holding]]]:
        """Each account's holdings at each month's snapshot."""
        return {
            account_id: [self.holdings(account_id, self.snapshot_day(m)) for m in self.months]
            for account_id in sorted(self.account_lines)
        }

    @cached_property
    def closings(self) -> dict[str, list[Decimal]]:
        """Each account's MRR at each month's snapshot."""
        return {name: [counted(holdings) for holdings in book] for name, book in self.book.items()}

    @cached_property
    def standing(self) -> dict[str, list[bool]]:
        """Whether each account has a contract in force at each month's snapshot."""
        days = [self.snapshot_day(month) for month in self.months]
        return {name: [has_contract(self, name, day) for day in days] for name in self.closings}

    @cached_property
    def first_months(self) -> dict[str, date]:
        """The first month with MRR of each account that ever had any."""
        return {
            name: self.months[next(index for index, mrr in enumerate(closings) if mrr > 0)]
            for name, closings in self.closings.items()
            if any(closings)
        }

    @cached_property
    def last_complete_month(self) -> date | None:
        """The latest month that is complete."""
        return max(filter(self.is_complete, self.months), default=None)


def _inside(spans: list[tuple[date, date]], day: date) -> bool:
    return any(start <= day < end for start, end in spans)


def counted(holdings: list[Holding]) -> Decimal:
    """The MRR that counts."""
    return sum((holding.counted for holding in holdings), ZERO)


def contracted(holdings: list[Holding]) -> Decimal:
    """The MRR if pauses were ignored."""
    return sum((holding.contracted for holding in holdings), ZERO)
