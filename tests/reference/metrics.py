"""What health measures: each metric of an account on a day, by what was known then."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from .invoices import days_late
from .known import Known, mean, ratio, within
from .mrr import Company
from .raw import Row
from .rules import Rules, Value
from .use import SECONDS_PER_HOUR, Use

MONTHS_PER_YEAR = 12
OUTCOMES = ("completed", "no_show", "canceled")
PULSE_FIGURES = ("csm_sentiment", "executive_engagement", "renewal_sentiment")

Values = dict[str, Value]
Found = dict[str, Value | None]


def _day(moment: date | None) -> date | None:
    """The UTC day of a moment, or the day itself."""
    return moment.date() if isinstance(moment, datetime) else moment


def status_day(activity: Row) -> date | None:
    """The day on which the outcome of an activity is known."""
    completed, planned = _day(activity["completed_at"]), _day(activity["scheduled_at"])
    return completed or (planned + timedelta(days=1) if planned else None)


def hours(span: timedelta) -> Fraction:
    """A span of time in hours, exact."""
    return Fraction(span // timedelta(microseconds=1), SECONDS_PER_HOUR * 10**6)


class Measures:
    """A company's metrics; a row counts from the day on which it was known."""

    def __init__(self, company: Company, rules: Rules) -> None:
        """By the rules' windows."""
        self.company, self.rules, self.known = company, rules, Known(company)
        self.use = Use(self.known, rules.settings)

    def values(self, account_id: str, day: date, mrr: Decimal) -> Values:
        """All metrics of an account that have a value on the day."""
        found: Found = dict(self.use.metrics(account_id, day))
        for part in (
            self._voices,
            self._pulses,
            self._contacts,
            self._activities,
            self._tickets,
            self._invoices,
        ):
            found.update(part(account_id, day))
        account = self.known.accounts[account_id]
        is_strategic = account["is_strategic"]
        found["contract_value"] = Fraction(MONTHS_PER_YEAR * mrr)
        found["growth_potential"] = account["growth_potential"]
        found["strategic_importance"] = None if is_strategic is None else Fraction(is_strategic)
        return {metric: value for metric, value in found.items() if value is not None}

    def _recent(self, metric: str, rows: list[Row], column: str, day: date) -> list[Row]:
        """The rows with a day in the metric's window."""
        days = self.rules.windows[metric]
        return [row for row in rows if within(_day(row[column]), day, days)]

    # --- what people say ------------------------------------------------------------------

    def _voices(self, account_id: str, day: date) -> Found:
        answers = self.known.rows("feedback_survey_responses", account_id, day)
        nps = [row for row in answers if row["survey_type"] == "nps"]
        latest: dict[tuple[bool, str], Row] = {}
        for row in sorted(nps, key=lambda row: (row["responded_at"], row["response_id"])):
            # An answer without a contact stands for itself.
            contact = row["contact_id"]
            latest[contact is None, contact or row["response_id"]] = row
        tickets = self.known.rows("support_tickets", account_id, day)
        rated = [
            # A ticket marked solved before it was created is rated once it exists.
            row | {"rated_at": max(row["solved_at"], row["created_at"])}
            for row in tickets
            if row["csat_score"] is not None and row["solved_at"]
        ]
        served = [row["csat_score"] for row in self._recent("csat", rated, "rated_at", day)]
        csat = [row for row in answers if row["survey_type"] == "csat"]
        served += [row["score"] for row in self._recent("csat", csat, "responded_at", day)]
        recent = self._recent("nps_mean", list(latest.values()), "responded_at", day)
        return {"nps_mean": mean(row["score"] for row in recent), "csat": mean(served)}

    def _pulses(self, account_id: str, day: date) -> Found:
        pulses = self.known.rows("crm_pulses", account_id, day)
        found: Found = {}
        for figure in PULSE_FIGURES:
            stated = [row for row in pulses if row[figure] is not None]
            recent = self._recent(figure, stated, "recorded_at", day)
            if recent:
                value = max(recent, key=lambda row: row["recorded_at"])[figure]
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

    def _kind(self, activity: Row) -> str:
        return self.rules.kinds[activity["activity_type"]]

    @cached_property
    def _done_from(self) -> dict[str, date]:
        """Since when the company has any completed activity of each kind."""
        firsts = dict.fromkeys(self.rules.kinds.values(), date.max)
        for since, row in self.known.all_rows("crm_activities"):
            if row["status"] == "completed" and row["completed_at"]:
                kind = self._kind(row)
                firsts[kind] = min(firsts[kind], max(since, row["completed_at"].date()))
        return firsts

    def _activities(self, account_id: str, day: date) -> Found:
        rows = self.known.rows("crm_activities", account_id, day)
        known = [row for row in rows if (status_day(row) or date.max) <= day]
        found: Found = {}
        for kind in ("meeting", "training"):
            metric = f"{kind}_attendance"
            due = [row for row in known if self._kind(row) == kind and row["status"] in OUTCOMES]
            held = [
                row["status"] == "completed"
                for row in self._recent(metric, due, "scheduled_at", day)
            ]
            found[metric] = ratio(sum(held), len(held))
        for kind, metric in (
            ("community", "community_participation"),
            ("email", "email_engagement"),
        ):
            if self._done_from[kind] <= day:
                done = [
                    row for row in known if self._kind(row) == kind and row["status"] == "completed"
                ]
                found[metric] = Fraction(len(self._recent(metric, done, "completed_at", day)))
        return found

    # --- support and payment --------------------------------------------------------------

    @cached_property
    def _escalations_from(self) -> date:
        """Since when any ticket of the company tells whether it was escalated."""
        tickets = self.known.all_rows("support_tickets")
        known = (since for since, row in tickets if row["is_escalated"] is not None)
        return min(known, default=date.max)

    def _tickets(self, account_id: str, day: date) -> Found:
        if self.known.first("support_tickets") > day:
            return {}
        before = day - timedelta(days=self.rules.windows["ticket_trend"])
        rows = self.known.rows("support_tickets", account_id, day)
        # A ticket matters until the day it is solved. Without one in the window nothing is known.
        since = day - timedelta(days=int(self.rules.settings["support_window_days"]))
        ends = [max(row["solved_at"] or datetime.max, row["created_at"]) for row in rows]
        if not any(end.date() > since for end in ends):
            return {}
        now, earlier = (
            len(self._recent("ticket_trend", rows, "created_at", end)) for end in (day, before)
        )
        is_open = [_day(row["solved_at"] or datetime.max) > day for row in rows]
        created = self._recent("escalation_rate", rows, "created_at", day)
        toned = [
            row["sentiment"] == "negative"
            for row in self._recent("ticket_sentiment", rows, "created_at", day)
            if row["sentiment"]
        ]
        return {
            "ticket_trend": Fraction(now + 1, earlier + 1) if now or earlier else None,
            "open_tickets": Fraction(sum(is_open)),
            "escalation_rate": ratio(
                sum(bool(row["is_escalated"]) for row in created),
                len(created) if self._escalations_from <= day else 0,
            ),
            "ticket_sentiment": ratio(sum(toned), len(toned)),
            "resolution_hours": mean(
                hours(row["solved_at"] - row["created_at"])
                for row in self._recent("resolution_hours", rows, "solved_at", day)
            ),
        }

    def days_past_due(self, account_id: str, day: date) -> int:
        """Of the oldest unpaid invoice; 0 when there is none."""
        invoices = self.known.rows("billing_invoices", account_id, day)
        return max((days_late(invoice, day) for invoice in invoices), default=0)

    def _invoices(self, account_id: str, day: date) -> Found:
        if self.known.first("billing_invoices") > day:
            return {}
        return {"payment_status": Fraction(self.days_past_due(account_id, day))}
