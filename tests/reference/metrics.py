"""What health measures: each metric of an account on a day, by what was known then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from .known import Known, day_of, mean, ratio, within
from .mrr import Company
from .raw import Row
from .rules import Rules, Value
from .use import SECONDS_PER_HOUR, Use

MONTHS_PER_YEAR = 12
MICROSECOND = timedelta(microseconds=1)
MICROSECONDS_PER_HOUR = SECONDS_PER_HOUR * 10**6
MISSED = ("no_show", "canceled")
PULSE_FIGURES = ("csm_sentiment", "executive_engagement", "renewal_sentiment")
UNPAID_STATUSES = ("void", "draft", "paid")  # neither owed nor, if paid without a date, late

Values = dict[str, Value]
Found = dict[str, Value | None]


def status_day(activity: Row) -> date | None:
    """The day on which the outcome of an activity is told."""
    if activity["completed_at"]:
        return activity["completed_at"].date()
    planned = activity["scheduled_at"]
    return planned.date() + timedelta(days=1) if planned else None


class Measures:
    """A company's metrics; a row counts from the day on which it was known."""

    def __init__(self, company: Company, rules: Rules) -> None:
        """By the rules' windows."""
        self.company, self.rules, self.known = company, rules, Known(company)
        self.use = Use(self.known, rules.windows["usage_depth"])

    def values(self, account_id: str, day: date, mrr: Decimal) -> Values:
        """All metrics of an account that have a value on the day."""
        found: Found = dict(self.use.metrics(account_id, day))
        for part in (self._voices, self._contacts, self._activities, self._tickets, self._invoices):
            found.update(part(account_id, day))
        account = self.known.accounts[account_id]
        is_strategic = account["is_strategic"]
        found["contract_value"] = Fraction(MONTHS_PER_YEAR * mrr)
        found["growth_potential"] = account["growth_potential"]
        found["strategic_importance"] = None if is_strategic is None else Fraction(is_strategic)
        return {metric: value for metric, value in found.items() if value is not None}

    def _in_window(self, metric: str, moment_day: date | None, day: date) -> bool:
        return within(moment_day, day, self.rules.windows[metric])

    # --- what people say ------------------------------------------------------------------

    def _voices(self, account_id: str, day: date) -> Found:
        answers = self.known.rows("feedback_survey_responses", account_id, day)
        latest: dict[str, Row] = {}
        for row in sorted(answers, key=lambda row: (row["responded_at"], row["response_id"])):
            if row["survey_type"] == "nps" and self._in_window(
                "nps", day_of(row["responded_at"]), day
            ):
                # An answer without a contact stands for itself.
                latest[row["contact_id"] or f"answer {row['response_id']}"] = row
        served = [
            row["score"]
            for row in answers
            if row["survey_type"] == "csat"
            and self._in_window("csat", day_of(row["responded_at"]), day)
        ]
        served += [
            row["csat_score"]
            for row in self.known.rows("support_tickets", account_id, day)
            if row["csat_score"] is not None
            and self._in_window("csat", day_of(row["solved_at"]), day)
        ]
        found: Found = {"nps": mean(row["score"] for row in latest.values()), "csat": mean(served)}
        pulses = self.known.rows("crm_pulses", account_id, day)
        for figure in PULSE_FIGURES:
            stated = [
                row
                for row in pulses
                if row[figure] is not None and self._in_window(figure, day_of(row["recorded_at"]), day)
            ]
            if stated:
                value = max(stated, key=lambda row: row["recorded_at"])[figure]
                found[figure] = value if isinstance(value, str) else Fraction(value)
        return found

    # --- people ---------------------------------------------------------------------------

    @cached_property
    def _strengths_from(self) -> date:
        """Since when any contact of the company states a strength."""
        rows = self.known.all_rows("crm_contacts")
        return min(
            (since for since, row in rows if row["relationship_strength"] is not None),
            default=date.max,
        )

    def present_contacts(self, account_id: str, day: date) -> list[Row]:
        """Contacts who have come and not departed."""
        rows = self.known.rows("crm_contacts", account_id, day)
        return [row for row in rows if (row["departed_on"] or date.max) > day]

    def _contacts(self, account_id: str, day: date) -> Found:
        if self.known.first("crm_contacts") > day:
            return {}
        present = self.present_contacts(account_id, day)
        strengths = [
            row["relationship_strength"]
            for row in present
            if row["relationship_strength"] is not None
        ]
        least = self.rules.settings["multi_threading_min_strength"]
        strong = [strength for strength in strengths if strength >= least]
        counted = strong if self._strengths_from <= day else present
        return {
            "relationship_strength": mean(strengths),
            "multi_threading": Fraction(len(counted)),
        }

    # --- activities -----------------------------------------------------------------------

    def _of_kind(self, kind: str) -> Callable[[Row], bool]:
        return lambda row: self.rules.kinds[row["activity_type"]] == kind

    @cached_property
    def _done_from(self) -> dict[str, date]:
        """Since when the company has any completed activity of each kind."""
        firsts = dict.fromkeys(self.rules.kinds.values(), date.max)
        for since, row in self.known.all_rows("crm_activities"):
            if row["status"] == "completed" and row["completed_at"]:
                kind = self.rules.kinds[row["activity_type"]]
                firsts[kind] = min(firsts[kind], max(since, row["completed_at"].date()))
        return firsts

    def _activities(self, account_id: str, day: date) -> Found:
        rows = self.known.rows("crm_activities", account_id, day)
        told = [row for row in rows if (status_day(row) or date.max) <= day]
        found: Found = {}
        for kind in ("meeting", "training"):
            metric = f"{kind}_attendance"
            held = [
                row["status"] == "completed"
                for row in filter(self._of_kind(kind), told)
                if self._in_window(metric, day_of(row["scheduled_at"]), day)
                and row["status"] in ("completed", *MISSED)
            ]
            found[metric] = ratio(sum(held), len(held))
        for kind, metric in (
            ("community", "community_participation"),
            ("email", "email_engagement"),
        ):
            if self._done_from[kind] <= day:
                done = [
                    row
                    for row in filter(self._of_kind(kind), told)
                    if row["status"] == "completed"
                    and self._in_window(metric, day_of(row["completed_at"]), day)
                ]
                found[metric] = Fraction(len(done))
        return found

    # --- support and payment --------------------------------------------------------------

    def tickets_created(self, account_id: str, day: date, days: int) -> list[Row]:
        """Tickets created on the days that end on the day."""
        rows = self.known.rows("support_tickets", account_id, day)
        return [row for row in rows if within(day_of(row["created_at"]), day, days)]

    def _tickets(self, account_id: str, day: date) -> Found:
        if self.known.first("support_tickets") > day:
            return {}
        window = self.rules.windows["ticket_trend"]
        now = len(self.tickets_created(account_id, day, window))
        before = len(self.tickets_created(account_id, day - timedelta(days=window), window))
        rows = self.known.rows("support_tickets", account_id, day)
        created = self.tickets_created(account_id, day, self.rules.windows["escalation_rate"])
        voiced = [
            row["sentiment"] == "negative"
            for row in self.tickets_created(account_id, day, self.rules.windows["ticket_sentiment"])
            if row["sentiment"]
        ]
        return {
            "ticket_trend": Fraction(now + 1, before + 1),
            "open_tickets": Fraction(
                sum((day_of(row["solved_at"]) or date.max) > day for row in rows)
            ),
            "escalation_rate": ratio(sum(row["is_escalated"] is True for row in created), len(created)),
            "ticket_sentiment": ratio(sum(voiced), len(voiced)),
            "resolution_hours": mean(
                Fraction((row["solved_at"] - row["created_at"]) // MICROSECOND, MICROSECONDS_PER_HOUR)
                for row in rows
                if self._in_window("resolution_hours", day_of(row["solved_at"]), day)
            ),
        }

    def days_past_due(self, account_id: str, day: date) -> int:
        """Of the oldest unpaid invoice; 0 when there is none."""
        dues = [0]
        for row in self.known.rows("billing_invoices", account_id, day):
            # A status is told on the day of the payment, where there is one.
            is_paid_later = row["paid_on"] is not None and row["paid_on"] > day
            is_owed = row["paid_on"] is None and row["status"] not in UNPAID_STATUSES
            if is_paid_later or is_owed:
                dues.append((day - (row["due_on"] or row["issued_on"])).days)
        return max(dues)

    def _invoices(self, account_id: str, day: date) -> Found:
        if self.known.first("billing_invoices") > day:
            return {}
        return {"payment_status": Fraction(self.days_past_due(account_id, day))}
