"""The exit from onboarding of each account, and the rates of each quarter's new customers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from .health import ACTIVE_SCHEME
from .lines import add_months, month_of
from .metrics import OUTCOMES, status_day
from .practice_base import Journey, Practice, Rows, quarter_of, setting
from .rules import read_policy

CRITERIA = ("plan_agreed", "stakeholders_known", "first_value", "adoption", "health")
# The rates of milestones: column, milestone and last day.
MILESTONES = (
    ("completed_30", "onboarding_completed", 30),
    ("completed_90", "onboarding_completed", 90),
    ("first_action_7", "first_action", 7),
    ("first_outcome_14", "first_outcome", 14),
)
LEARNING = ("training", "webinar")
PROMOTER, DETRACTOR = 9, 6


def _month_end_from(day: date) -> date:
    """The first last day of a month that is not before the day."""
    return add_months(month_of(day), 1) - timedelta(days=1)


def _above(value: float | None, least: float) -> bool | None:
    return None if value is None else value > least


class Onboarding:
    """What the onboarding of every customer reached."""

    def __init__(self, practice: Practice) -> None:
        """By the settings of the lifecycle."""
        self.practice, self.known, self.as_of = practice, practice.known, practice.as_of
        self.max_days = int(setting("lifecycle_settings", "onboarding_max_days"))
        self.min_contacts = int(setting("lifecycle_settings", "onboarding_min_contacts"))
        self.above_adoption = float(setting("lifecycle_settings", "onboarding_above_adoption"))
        self.above_health = float(setting("lifecycle_settings", "onboarding_above_health"))
        self.scores = practice.rows(
            "fct_health_scores",
            ("snapshot_date", "account_id", "scheme"),
            ("health_score", "is_low_confidence"),
        )
        self.metrics = practice.rows(
            "fct_health_metrics", ("snapshot_date", "account_id", "metric"), ("value",)
        )
        self.reached = self._reached()
        self.recorded_from = self._recorded_from()

    # --- milestones -----------------------------------------------------------------------

    def _reached(self) -> dict[tuple[str, str], date]:
        """The first day of each account and milestone."""
        found: dict[tuple[str, str], date] = {}
        for since, row in self.known.all_rows("product_milestones"):
            key = (row["account_id"], row["milestone"])
            if since <= self.as_of:
                found[key] = min(since, found.get(key, date.max))
        return found

    def _recorded_from(self) -> date:
        """The earliest start of an account that has any milestone on record."""
        recorded = {account_id for account_id, _ in self.reached}
        journeys = self.practice.journeys.values()
        return min((j.started_on for j in journeys if j.account_id in recorded), default=date.max)

    def _day(self, journey: Journey, milestone: str) -> date | None:
        """When a customer reached a milestone; after it left it reached none."""
        day = self.reached.get((journey.account_id, milestone))
        return day if day is not None and day <= journey.observed_until else None

    # --- the exit -------------------------------------------------------------------------

    def judged_on(self, journey: Journey) -> tuple[date, bool]:
        """The day on which the exit is judged, and whether the customer had left by it."""
        day = _month_end_from(journey.started_on + timedelta(days=self.max_days))
        has_left_before = journey.has_left and journey.observed_until <= day
        return min(day, journey.observed_until), has_left_before

    def _plan_agreed_on(self, journey: Journey) -> date | None:
        rows = self.known.rows("crm_success_objectives", journey.account_id, journey.observed_until)
        return min((row["created_on"] for row in rows), default=None)

    def _contacts(self, account_id: str, day: date) -> int | None:
        if self.known.first("crm_contacts") > day:
            return None
        rows = self.known.rows("crm_contacts", account_id, day)
        return sum((row["departed_on"] or date.max) > day for row in rows)

    def _health(self, account_id: str, day: date) -> float | None:
        row = self.scores.get((day, account_id, ACTIVE_SCHEME))
        return None if row is None or row["is_low_confidence"] else row["health_score"]

    def exit(self, journey: Journey) -> dict[str, Any]:
        """The row of an account in fct_onboarding."""
        day, has_left_before = self.judged_on(journey)
        account_id = journey.account_id
        plan, value = self._plan_agreed_on(journey), self._day(journey, "first_outcome")
        contacts, score = self._contacts(account_id, day), self._health(account_id, day)
        adoption = self.metrics.get((day, account_id, "feature_adoption"), {}).get("value")
        outcomes = [on for (_, name), on in self.reached.items() if name == "first_outcome"]
        has_values = journey.started_on >= self.recorded_from and min(outcomes) <= day
        has_plans = self.known.first("crm_success_objectives") <= day
        met = {
            "plan_agreed": plan is not None and plan <= day if has_plans else None,
            "stakeholders_known": None if contacts is None else contacts >= self.min_contacts,
            "first_value": value is not None and value <= day if has_values else None,
            "adoption": _above(adoption, self.above_adoption),
            "health": _above(score, self.above_health),
        }
        is_missed = has_left_before or False in met.values()
        return met | {
            "touch_tier": journey.touch_tier,
            "started_on": journey.started_on,
            "judged_on": day,
            "criteria_met": sum(answer is True for answer in met.values()),
            "is_exit_met": False if is_missed else None if None in met.values() else True,
            "plan_agreed_on": plan,
            "contacts_known": contacts,
            "first_value_on": value,
            "adoption_rate": adoption,
            "health_score": score,
        }

    def is_settled(self, journey: Journey) -> bool:
        """Whether nothing can move the day of judgement any more."""
        day = _month_end_from(journey.started_on + timedelta(days=self.max_days))
        return journey.has_left or day <= self.as_of

    # --- the rates of a quarter -----------------------------------------------------------

    def _trainings(self, journey: Journey) -> list[bool]:
        """Whether each one that was planned for the onboarding took place."""
        last = journey.started_on + timedelta(days=self.max_days)
        return [
            row["status"] == "completed"
            for row in self.known.rows("crm_activities", journey.account_id, self.as_of)
            if row["activity_type"] in LEARNING
            and row["status"] in OUTCOMES
            and row["scheduled_at"] is not None
            and journey.started_on <= row["scheduled_at"].date() <= last
            and (status_day(row) or date.max) <= self.as_of
        ]

    def _answers(self, journey: Journey) -> list[tuple[str, int]]:
        rows = self.known.rows("feedback_survey_responses", journey.account_id, self.as_of)
        about = [row for row in rows if (row["touchpoint"] or "").lower() == "onboarding"]
        return [(row["survey_type"], row["score"]) for row in about]

    def _rate(self, journeys: list[Journey], milestone: str, days: int) -> tuple[int, float | None]:
        """Customers whose day has passed, and the share of them that made it by then."""
        due = 0
        made = 0
        for journey in journeys:
            last = journey.started_on + timedelta(days=days)
            if journey.started_on >= self.recorded_from and last <= self.as_of:
                day = self._day(journey, milestone)
                due += 1
                made += day is not None and day <= last
        return due, made / due if due else None

    def quarter(self, journeys: list[Journey]) -> dict[str, Any]:
        """The row of some customers in rpt_onboarding."""
        found: dict[str, Any] = {"accounts": len(journeys)}
        targets = {row["figure"]: float(row["target"]) for row in read_policy("onboarding_targets")}
        rates: dict[str, float | None] = {}
        for column, milestone, days in MILESTONES:
            found[f"{column}_due"], rates[column] = self._rate(journeys, milestone, days)
        trainings = [done for journey in journeys for done in self._trainings(journey)]
        found |= {"trainings_planned": len(trainings), "trainings_done": sum(trainings)}
        rates["training"] = sum(trainings) / len(trainings) if trainings else None
        for figure, rate in rates.items():
            found |= _judged(figure, rate, targets[figure], f"{figure}_rate", f"{figure}_target")
        return found | self._scores(journeys) | self._exits(journeys)

    def _scores(self, journeys: list[Journey]) -> dict[str, Any]:
        goods = {
            row["figure"]: float(row["good"])
            for row in read_policy("benchmarks")
            if row["figure"] in ("nps", "csat_mean") and row["segment"] == "all"
        }
        answers = [answer for journey in journeys for answer in self._answers(journey)]
        nps = [score for kind, score in answers if kind == "nps"]
        csat = [score for kind, score in answers if kind == "csat"]
        points = [100 * ((score >= PROMOTER) - (score <= DETRACTOR)) for score in nps]
        found: dict[str, Any] = {"onboarding_answers": len(answers)}
        for figure, scores, good in (
            ("onboarding_nps", points, goods["nps"]),
            ("onboarding_csat", csat, goods["csat_mean"]),
        ):
            value = sum(scores) / len(scores) if scores else None
            found[f"{figure}_answers"] = len(scores)
            found |= _judged(figure, value, good, figure, f"{figure}_target")
        return found

    def _exits(self, journeys: list[Journey]) -> dict[str, Any]:
        exits = [self.exit(journey) for journey in journeys if self.is_settled(journey)]
        recorded = CRITERIA[:3]
        known = [
            row["is_exit_met"]
            for row in exits
            if row["is_exit_met"] is not None and all(row[name] is not None for name in recorded)
        ]
        return {
            "exits_judged": len(known),
            "exit_met_rate": sum(known) / len(known) if known else None,
        }


def _judged(
    figure: str, value: float | None, target: float, column: str, bound: str
) -> dict[str, Any]:
    """A value with its target; it is met where the value reaches it."""
    is_met = None if value is None else round(value, 9) >= target
    return {column: value, bound: target, f"is_{figure}_met": is_met}


def onboarding(practice: Practice) -> Rows:
    """Every account of fct_onboarding, by account_id."""
    own = Onboarding(practice)
    return {
        (journey.account_id,): own.exit(journey) | {"is_settled": own.is_settled(journey)}
        for journey in practice.journeys.values()
    }


def onboarding_rates(practice: Practice) -> Rows:
    """Every row of rpt_onboarding, by start_quarter and touch_tier."""
    own = Onboarding(practice)
    groups: dict[tuple[date, str], list[Journey]] = defaultdict(list)
    for journey in practice.journeys.values():
        for tier in _both(journey.touch_tier):
            groups[quarter_of(journey.started_on), tier].append(journey)
    return {key: own.quarter(journeys) for key, journeys in groups.items()}


def _both(tier: str) -> Iterable[str]:
    return ("all", tier)
