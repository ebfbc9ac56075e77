"""Dirty rows: a known number of each kind, beside the real ones and never in their place.

Every dirty row is an extra row, or an extra copy, so that what the company really did is the same
with and without them. Reasons are named `rule:column`, as the warehouse names them; `duplicate`
counts copies (same content, or same key and other content), `invalid:column` optional values that
do not parse within rows that are otherwise accepted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from .tables import TABLES, column_index
from .timeline import DAY_SECONDS, Timeline, add_months, month_start, to_date, to_day
from .writer import Sink

Ledger = dict[tuple[str, str], int]

NO_ACCOUNT, NO_SUBSCRIPTION, NO_CURRENCY = "acc_99999", "sub_99999_9", "XXX"
BAD_DATE = "2025-13-45"

KEYS = {  # the column that an extra row must have of its own, and the prefix of its values
    "crm_contacts": "contact_id", "crm_activities": "activity_id", "crm_signals": "signal_id",
    "crm_opportunities": "opportunity_id", "crm_success_objectives": "objective_id",
    "crm_playbook_tasks": "task_id", "crm_team_members": "member_id", "billing_plans": "plan_id",
    "billing_invoices": "invoice_id", "billing_subscription_items": "item_id",
    "billing_subscriptions": "subscription_id", "product_users": "user_id",
    "product_events": "event_id", "product_features": "feature_key",
    "support_tickets": "ticket_id", "feedback_survey_responses": "response_id",
    "crm_accounts": "account_id",
}

COPIES = {  # exact copies of rows
    "crm_accounts": 3, "crm_contacts": 3, "crm_activities": 6, "crm_pulses": 2,
    "crm_opportunities": 2, "crm_opportunity_stages": 3, "crm_churn_reasons": 1,
    "crm_team_members": 1, "crm_account_assignments": 2, "crm_icp_assessments": 2,
    "crm_signals": 2, "crm_success_objectives": 1, "crm_playbook_tasks": 2,
    "billing_subscriptions": 4, "billing_subscription_items": 6, "billing_invoices": 5,
    "billing_subscription_pauses": 1, "billing_contract_terms": 3, "billing_exchange_rates": 2,
    "billing_plans": 1, "product_users": 4, "product_events": 15, "product_features": 1,
    "product_milestones": 2, "product_usage_limits": 1, "support_tickets": 5,
    "feedback_survey_responses": 4,
}

REWRITES = (  # (table, column, value or shift of it, rows): same key, other content
    ("crm_accounts", "employee_count", 77, 2), ("crm_contacts", "seniority", "vp", 2),
    ("crm_pulses", "executive_engagement", 51, 1), ("crm_activities", "contact_id", None, 2),
    ("billing_subscriptions", "seats", 9, 1), ("billing_invoices", "due_on", +3, 2),
    ("support_tickets", "priority", "high", 3), ("product_users", "department", "Legal", 1),
    ("feedback_survey_responses", "touchpoint", "renewal", 2),
    ("product_events", "duration_seconds", 61, 4),
)

LATER = {"crm_accounts": "created_at", "crm_contacts": "created_at",
         "support_tickets": "created_at", "product_events": "loaded_at",
         "feedback_survey_responses": "responded_at", "product_users": "created_at"}
"""Where the rewritten row carries a later time of its own, by minutes, and so wins."""

BROKEN = (  # (table, column, value, rule, rows): extra rows that are rejected
    ("crm_accounts", "account_name", None, "missing", 1),
    ("crm_accounts", "created_at", BAD_DATE, "unparsable", 1),
    ("crm_icp_assessments", "assessed_on", None, "missing", 1),
    ("crm_icp_assessments", "account_id", NO_ACCOUNT, "orphan", 1),
    ("crm_team_members", "role", "wizard", "unknown_value", 1),
    ("crm_account_assignments", "assigned_from", "2024/05/0x", "unparsable", 1),
    ("crm_account_assignments", "account_id", NO_ACCOUNT, "orphan", 1),
    ("crm_contacts", "account_id", NO_ACCOUNT, "orphan", 2),
    ("crm_contacts", "contact_id", None, "missing", 1),
    ("crm_activities", "status", "done-ish", "unknown_value", 2),
    ("crm_activities", "activity_type", None, "missing", 1),
    ("crm_activities", "account_id", NO_ACCOUNT, "orphan", 2),
    ("crm_signals", "occurred_at", BAD_DATE, "unparsable", 1),
    ("crm_signals", "signal_type", "gut_feeling", "unknown_value", 1),
    ("crm_pulses", "recorded_at", None, "missing", 1),
    ("crm_pulses", "account_id", NO_ACCOUNT, "orphan", 1),
    ("crm_opportunities", "amount", "tbd", "unparsable", 1),
    ("crm_opportunities", "stage", "negotiating", "unknown_value", 1),
    ("crm_opportunities", "currency", NO_CURRENCY, "no_exchange_rate", 2),
    ("crm_opportunity_stages", "stage", "negotiating", "unknown_value", 1),
    ("crm_churn_reasons", "churned_on", BAD_DATE, "unparsable", 1),
    ("crm_success_objectives", "created_on", None, "missing", 1),
    ("crm_playbook_tasks", "due_on", "soon", "unparsable", 1),
    ("billing_subscriptions", "account_id", NO_ACCOUNT, "orphan", 2),
    ("billing_subscriptions", "started_on", BAD_DATE, "unparsable", 1),
    ("billing_subscriptions", "started_on", to_day(to_date(0).replace(year=1985)),
     "out_of_range", 1),
    ("billing_subscription_items", "subscription_id", NO_SUBSCRIPTION, "orphan", 3),
    ("billing_subscription_items", "quantity", None, "missing", 1),
    ("billing_subscription_items", "unit_amount", "on request", "unparsable", 1),
    ("billing_subscription_items", "billing_interval", "fortnight", "unknown_value", 1),
    ("billing_subscription_items", "currency", NO_CURRENCY, "no_exchange_rate", 1),
    ("billing_subscription_pauses", "subscription_id", NO_SUBSCRIPTION, "orphan", 1),
    ("billing_plans", "plan_id", None, "missing", 1),
    ("billing_contract_terms", "subscription_id", NO_SUBSCRIPTION, "orphan", 2),
    ("billing_contract_terms", "term_end_on", "never", "unparsable", 1),
    ("billing_invoices", "currency", NO_CURRENCY, "no_exchange_rate", 2),
    ("billing_invoices", "issued_on", BAD_DATE, "unparsable", 2),
    ("billing_invoices", "account_id", NO_ACCOUNT, "orphan", 2),
    ("billing_exchange_rates", "rate_to_reporting", "n/a", "unparsable", 1),
    ("product_users", "account_id", NO_ACCOUNT, "orphan", 2),
    ("product_events", "event_name", None, "missing", 1),
    ("product_events", "occurred_at", BAD_DATE, "unparsable", 1),
    ("product_events", "account_id", NO_ACCOUNT, "orphan", 2),
    ("product_features", "feature_key", None, "missing", 1),
    ("product_usage_limits", "limit_quantity", "unlimited", "unparsable", 1),
    ("product_milestones", "milestone", "first_coffee", "unknown_value", 1),
    ("support_tickets", "created_at", to_day(to_date(0).replace(year=1985)) * DAY_SECONDS,
     "out_of_range", 1),
    ("support_tickets", "created_at", "yesterday", "unparsable", 1),
    ("support_tickets", "account_id", NO_ACCOUNT, "orphan", 2),
    ("feedback_survey_responses", "score", "ten", "unparsable", 2),
    ("feedback_survey_responses", "survey_type", "smiley", "unknown_value", 1),
    ("feedback_survey_responses", "responded_at", to_day(to_date(0).replace(year=2099))
     * DAY_SECONDS, "out_of_range", 1),
)

INVALID = (  # (table, column, value, rows): extra rows that are accepted without the value
    ("crm_accounts", "employee_count", "n/a", 2), ("crm_accounts", "growth_potential", "huge", 1),
    ("crm_contacts", "relationship_strength", "good", 2),
    ("crm_contacts", "stakeholder_type", "fan", 1),
    ("crm_opportunities", "expected_close_on", "Q3", 2),
    ("billing_subscriptions", "seats", "many", 1),
    ("product_events", "duration_seconds", "fast", 1),
    ("support_tickets", "csat_score", "great", 2), ("support_tickets", "priority", "P1", 3),
    ("support_tickets", "handling_cost", "free", 1),
)

USAGE_DIRT: Ledger = {
    ("product_usage_daily", "duplicate"): 14,
    ("product_usage_daily", "missing:feature_key"): 2,
    ("product_usage_daily", "orphan:account_id"): 3,
    ("product_usage_daily", "out_of_range:usage_on"): 2,
}
"""Dirty rows of daily usage: ten exact copies, four rewritten counts, and the rejected."""


@dataclass
class _Soiler:
    """Adds dirty rows to a sink and keeps the count of them."""

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
        """The row without what could be wrong with it for another reason first."""
        if table == "billing_subscriptions":
            return self._changed(
                table, row, ended_on=None, canceled_on=None, status="active", is_trial=False,
                trial_ends_on=None, mrr_amount=100.0, renews_subscription_id=None, term_months=None)
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
                        table, row, started_on=day + 1, ended_on=day + 15, canceled_on=day + 10,
                        status="canceled", is_trial=True, trial_ends_on=day + 15, mrr_amount=None,
                        renews_subscription_id=None, term_months=None, auto_renew=None)
                if table == "crm_accounts":
                    row = self._changed(table, self._plain(table, row), csm_id=None,
                                        parent_account_id=None, account_name="Sandbox Trading")
                if table == "crm_opportunities":
                    row = self._changed(table, row, stage="closed_lost", amount=900.0,
                                        opportunity_type="upsell")
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
        """Four subscriptions of few seats that run on, with items and no pause; none, where there
        are not as many."""
        table, monday = "billing_subscriptions", self._quiet_week()
        starts, ends, seats = (column_index(table, c) for c in ("started_on", "ended_on", "seats"))
        with_items = {row[0] for row in self.sink.samples["billing_subscription_items"]}
        paused = {row[0] for row in self.sink.samples["billing_subscription_pauses"]}
        found = [row for row in self.sink.samples[table]
                 if row[ends] is None and row[starts] < monday - 30 and row[0] not in paused
                 and row[0] in with_items and row[seats]]
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
            items, self._fresh(items, item), product_id="prod_care", plan_id="care_standard",
            quantity=1, unit_amount=50.0, unit="flat", discount_percent=None,
            is_temporary_discount=None, discount_amount=None, effective_from=monday,
            effective_to=monday + 4)
        self._add(items, None, item)
        self._add(items, "overlap:effective_from", self._changed(
            items, item, effective_from=monday + 2, effective_to=None))
        for _ in range(2):
            self._add(items, "interval_reversed:effective_to", self._changed(
                items, self._fresh(items, item), effective_to=monday - 9))
        self._add(items, "negative_mrr:unit_amount", self._changed(
            items, self._fresh(items, item), quantity=-3))
        self._add(items, "negative_mrr:unit_amount", self._changed(
            items, self._fresh(items, item), discount_amount=80.0))
        self._add(items, "out_of_range:effective_from", self._changed(
            items, self._fresh(items, item), effective_to=None,
            effective_from=to_day(to_date(0).replace(year=2099))))

        pauses = "billing_subscription_pauses"
        self._add(pauses, None, (another[0], monday, monday + 4))
        self._add(pauses, "overlap:paused_from", (another[0], monday + 2, None))
        self._add(pauses, "interval_reversed:resumed_on", (third[0], monday + 1, monday - 6))

        terms = "billing_contract_terms"
        term = next(r for r in self.sink.samples[terms] if r[2] - r[1] > 120)
        self._add(terms, "overlap:term_start_on",
                  (term[0], term[1] + 50, term[2] - 20, None, None))
        self._add(terms, "interval_reversed:term_end_on",
                  (term[0], term[1] + 40, term[1] + 10, None, None))

        subs = "billing_subscriptions"
        plain = self._plain(subs, fourth)
        for change, reason, count in (
                ({"mrr_amount": -250.0}, "negative_mrr:mrr_amount", 1),
                ({"currency": NO_CURRENCY}, "no_exchange_rate:currency", 1),
                ({"status": "canceled"}, "no_end_date:ended_on", 2),
                ({"ended_on": self.timeline.first_day - 90}, "interval_reversed:ended_on", 1)):
            for _ in range(count):
                self._add(subs, reason, self._changed(subs, self._fresh(subs, plain), **change))

    def crm(self) -> None:
        """Reversed rows elsewhere."""
        table = "crm_account_assignments"
        row = self._sample(table)
        if row is None:
            return
        start = row[column_index(table, "assigned_from")]
        self._add(table, "interval_reversed:assigned_to",
                  self._changed(table, row, assigned_from=start + 3, assigned_to=start - 30))
        table = "product_usage_limits"
        row = self._sample(table)
        if row is not None:
            start = row[column_index(table, "effective_from")]
            self._add(table, "interval_reversed:effective_to",
                      self._changed(table, row, effective_from=start + 1, effective_to=start - 30))


def soil(sink: Sink, timeline: Timeline) -> Ledger:
    """Add all dirty rows but those of daily usage; returns how many of each kind."""
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
