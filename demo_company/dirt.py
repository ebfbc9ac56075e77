"""Dirty rows: a known number of each kind, in addition to the real rows.

Every dirty row is an extra row or an extra copy, so the facts are the same with and without dirt.
Reasons are `rule:column`, as in the warehouse. `duplicate` counts copies (same content, or same
key and other content). `invalid:column` counts invalid optional values in accepted rows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from .dirt_catalogue import (
    BROKEN,
    COPIES,
    INVALID,
    KEYS,
    LATER,
    NO_CURRENCY,
    REWRITES,
    Ledger,
)
from .tables import TABLES, column_index
from .timeline import DAY_SECONDS, Timeline, add_months, month_start, to_date, to_day
from .writer import Sink


@dataclass
class _Soiler:
    """Adds dirty rows to a sink and counts them."""

    sink: Sink
    timeline: Timeline
    ledger: Counter = field(default_factory=Counter)
    taken: Counter = field(default_factory=Counter)
    made: int = 0

    def _sample(self, table: str) -> tuple | None:
        """A real row of the table, another at each call."""
        rows = self.sink.samples[table]
        self.taken[table] += 1
        return rows[self.taken[table] * 13 % len(rows)] if rows else None

    def _changed(self, table: str, row: tuple, **changes: Any) -> tuple:
        values = list(row)
        for column, value in changes.items():
            values[column_index(table, column)] = value
        return tuple(values)

    def _fresh(self, table: str, row: tuple) -> tuple:
        """The row under a key of its own."""
        self.made += 1
        column = KEYS.get(table)
        if column is None:
            return row
        prefix = str(row[column_index(table, column)]).split("_")[0]
        return self._changed(table, row, **{column: f"{prefix}_x{self.made:04d}"})

    def _add(self, table: str, reason: str | None, row: tuple) -> None:
        self.sink.add(table, *row)
        if reason:
            self.ledger[table, reason] += 1

    def copies(self) -> None:
        for table, count in COPIES.items():
            for _ in range(min(count, len(self.sink.samples[table]))):
                self._add(table, "duplicate", self._sample(table))

    def rewrites(self) -> None:
        for table, column, value, count in REWRITES:
            for _ in range(count):
                row = self._sample(table)
                if row is None:
                    continue
                old = row[column_index(table, column)]
                new = old + value if column == "due_on" else value
                if new == old:
                    new = "low" if table == "support_tickets" else "director"
                changes = {column: new}
                if table in LATER:
                    place = column_index(table, LATER[table])
                    changes[LATER[table]] = row[place] + 240
                self._add(table, "duplicate", self._changed(table, row, **changes))

    def broken(self) -> None:
        for table, column, value, rule, count in BROKEN:
            for _ in range(count):
                row = self._sample(table)
                if row is None:
                    continue
                row = self._fresh(table, self._plain(table, row))
                self._add(table, f"{rule}:{column}", self._changed(table, row, **{column: value}))

    def _plain(self, table: str, row: tuple) -> tuple:
        """The row without values that another rule would reject first."""
        if table == "billing_subscriptions":
            return self._changed(
                table,
                row,
                ended_on=None,
                canceled_on=None,
                status="active",
                is_trial=False,
                trial_ends_on=None,
                mrr_amount=100.0,
                renews_subscription_id=None,
                term_months=None,
            )
        if table == "billing_subscription_items":
            return self._changed(table, row, effective_to=None)
        if table == "crm_accounts":
            return self._changed(table, row, account_name="Placeholder Holdings")
        return row

    def invalid(self) -> None:
        for table, column, value, count in INVALID:
            for _ in range(count):
                row = self._sample(table)
                if row is None:
                    continue
                if table == "billing_subscriptions":  # a trial long over: no money in it
                    day = row[column_index(table, "started_on")]
                    row = self._changed(
                        table,
                        row,
                        started_on=day + 1,
                        ended_on=day + 15,
                        canceled_on=day + 10,
                        status="canceled",
                        is_trial=True,
                        trial_ends_on=day + 15,
                        mrr_amount=None,
                        renews_subscription_id=None,
                        term_months=None,
                        auto_renew=None,
                    )
                if table == "crm_accounts":
                    row = self._changed(
                        table,
                        self._plain(table, row),
                        csm_id=None,
                        parent_account_id=None,
                        account_name="Sandbox Trading",
                    )
                if table == "crm_opportunities":
                    row = self._changed(
                        table, row, stage="closed_lost", amount=900.0, opportunity_type="upsell"
                    )
                    created = row[column_index(table, "created_at")] // DAY_SECONDS
                    row = self._changed(table, row, closed_on=created)
                row = self._fresh(table, row)
                self._add(table, f"invalid:{column}", self._changed(table, row, **{column: value}))

    # -- what needs a particular row ------------------------------------------------------------

    def _quiet_week(self) -> int:
        """A Monday whose week, Monday to Friday, lies within one month, a year before the end."""
        month = month_start(add_months(self.timeline.end_day, -min(12, self.timeline.months // 2)))
        return month + 7 + (7 - (month + 3) % 7) % 7

    def _settled(self) -> list[tuple]:
        """Four small subscriptions without end and pause, with items, or an empty list."""
        table, monday = "billing_subscriptions", self._quiet_week()
        starts, ends, seats = (column_index(table, c) for c in ("started_on", "ended_on", "seats"))
        with_items = {row[0] for row in self.sink.samples["billing_subscription_items"]}
        paused = {row[0] for row in self.sink.samples["billing_subscription_pauses"]}
        found = [
            row
            for row in self.sink.samples[table]
            if row[ends] is None
            and row[starts] < monday - 30
            and row[0] not in paused
            and row[0] in with_items
            and row[seats]
        ]
        found.sort(key=lambda row: row[seats])
        return found[:4] if len(found) >= 4 else []

    def billing(self) -> None:
        """Reversed, overlapping, negative and unfinished rows of billing."""
        monday, items = self._quiet_week(), "billing_subscription_items"
        if not self._settled():
            return
        sub, another, third, fourth = self._settled()
        item = next(r for r in self.sink.samples[items] if r[0] == sub[0])
        item = self._changed(
            items,
            self._fresh(items, item),
            product_id="prod_care",
            plan_id="care_standard",
            quantity=1,
            unit_amount=50.0,
            unit="flat",
            discount_percent=None,
            is_temporary_discount=None,
            discount_amount=None,
            effective_from=monday,
            effective_to=monday + 4,
        )
        self._add(items, None, item)
        self._add(
            items,
            "overlap:effective_from",
            self._changed(items, item, effective_from=monday + 2, effective_to=None),
        )
        for _ in range(2):
            self._add(
                items,
                "interval_reversed:effective_to",
                self._changed(items, self._fresh(items, item), effective_to=monday - 9),
            )
        self._add(
            items,
            "negative_mrr:unit_amount",
            self._changed(items, self._fresh(items, item), quantity=-3),
        )
        self._add(
            items,
            "negative_mrr:unit_amount",
            self._changed(items, self._fresh(items, item), unit_amount=-80.0),
        )
        self._add(
            items,
            "out_of_range:effective_from",
            self._changed(
                items,
                self._fresh(items, item),
                effective_to=None,
                effective_from=to_day(to_date(0).replace(year=2099)),
            ),
        )

        pauses = "billing_subscription_pauses"
        self._add(pauses, None, (another[0], monday, monday + 4))
        self._add(pauses, "overlap:paused_from", (another[0], monday + 2, None))
        self._add(pauses, "interval_reversed:resumed_on", (third[0], monday + 1, monday - 6))

        terms = "billing_contract_terms"
        term = next(r for r in self.sink.samples[terms] if r[2] - r[1] > 120)
        # Signed before the term that it cuts into, it supersedes nothing.
        signed = (term[1] if term[4] is None else term[4]) - 1
        overlap = (term[0], term[1] + 50, term[2] - 20, None, signed)
        self._add(terms, "overlap:term_start_on", overlap)
        self._add(
            terms,
            "interval_reversed:term_end_on",
            (term[0], term[1] + 40, term[1] + 10, None, None),
        )

        subs = "billing_subscriptions"
        plain = self._plain(subs, fourth)
        for change, reason, count in (
            ({"mrr_amount": -250.0}, "negative_mrr:mrr_amount", 1),
            ({"currency": NO_CURRENCY}, "no_exchange_rate:currency", 1),
            ({"status": "canceled"}, "no_end_date:ended_on", 2),
            ({"ended_on": self.timeline.founded_day - 90}, "interval_reversed:ended_on", 1),
        ):
            for _ in range(count):
                self._add(subs, reason, self._changed(subs, self._fresh(subs, plain), **change))

    def crm(self) -> None:
        """Reversed rows elsewhere."""
        table = "crm_account_assignments"
        row = self._sample(table)
        if row is None:
            return
        start = row[column_index(table, "assigned_from")]
        self._add(
            table,
            "interval_reversed:assigned_to",
            self._changed(table, row, assigned_from=start + 3, assigned_to=start - 30),
        )
        table = "product_usage_limits"
        row = self._sample(table)
        if row is not None:
            start = row[column_index(table, "effective_from")]
            self._add(
                table,
                "interval_reversed:effective_to",
                self._changed(table, row, effective_from=start + 1, effective_to=start - 30),
            )


def soil(sink: Sink, timeline: Timeline) -> Ledger:
    """Add all dirty rows except those of daily usage. Returns their number by kind."""
    sink.keeps_samples = False
    soiler = _Soiler(sink, timeline)
    soiler.copies()
    soiler.rewrites()
    soiler.broken()
    soiler.invalid()
    soiler.billing()
    soiler.crm()
    unknown = {table for table, _ in soiler.ledger} - set(TABLES)
    if unknown:
        raise ValueError(f"dirt for tables that do not exist: {sorted(unknown)}")
    return dict(soiler.ledger)
