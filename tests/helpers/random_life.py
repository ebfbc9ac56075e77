"""What happens around a random account: use, people, tickets and what is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from reference.lines import add_months

Raw = dict[str, str]
Tables = dict[str, list[Raw]]

FIRST, LAST = date(2024, 12, 1), date(2026, 7, 31)
# Windows of 30, 90 and 180 days begin or end here, seen from a month's end.
EDGES = (0, 0, 1, 13, 29, 30, 31, 45, 59, 60, 61, 89, 90, 91, 179, 180)
FEATURES = [
    {"feature_key": "boards", "is_core": "true", "is_gateway": ""},
    {"feature_key": "reports", "is_core": "yes", "is_gateway": "false"},
    {"feature_key": "gate", "is_core": "false", "is_gateway": "true"},
]
USED = ("login", "login", "boards", "reports", "gate", "unlisted")
YES_NO = ("", "true", "false")


class Dice(Random):
    """What chance decides about an account."""

    def day(self) -> date:
        """Any day, but those at the edges of months more often, for there rules break."""
        month = add_months(FIRST, self.randrange(20))
        early = add_months(FIRST, self.randrange(9))
        somewhen = FIRST + timedelta(days=self.randrange((LAST - FIRST).days))
        return self.choice((month, month - timedelta(days=1), early, somewhen))

    def later(self, day: date, *gaps: int | None) -> str:
        """A day after another by one of the gaps, or none."""
        gap = self.choice(gaps or (None, None, None, 400, 200, 75, 31, 20, 1, 0))
        return "" if gap is None else (day + timedelta(days=gap)).isoformat()

    def edge(self) -> date:
        """A day at the edge of a window that ends with one of the last months."""
        month = add_months(LAST.replace(day=1), -self.randrange(11))
        return month - timedelta(days=1 + self.choice(EDGES))

    def moment(self, day: date) -> str:
        """A time of a day, at times as one of another zone."""
        clock = f"{self.randrange(24):02}:{self.choice(('00', '30'))}:00"
        return f"{day} {clock}{self.choice(('', '', 'Z', '+02', '-05:00'))}"

    def maybe(self, text: str) -> str:
        """A text, or none."""
        return self.choice((text, text, ""))


def describe(dice: Dice) -> Raw:
    """What the CRM says of an account."""
    return {
        "is_strategic": dice.choice((*YES_NO, "false", "false")),
        "growth_potential": dice.choice(("", "low", "Medium", "high")),
        "integration_count": dice.choice(("", "0", "2", "5")),
        "department_count": dice.choice(("", "1", "2", "3")),
    }


# --- use --------------------------------------------------------------------------------------


def _users(dice: Dice, account_id: str) -> list[Raw]:
    rows = []
    for number in range(dice.choice((0, 1, 3, 4))):
        created = dice.edge()
        rows.append(
            {
                "user_id": f"{account_id}-u{number}",
                "account_id": account_id,
                "created_at": dice.maybe(dice.moment(created)),
                "deactivated_at": dice.choice(("", "", dice.later(created))),
            }
        )
    return rows


def _used(dice: Dice, account_id: str) -> Raw:
    """What a user did; not every user is listed, and at times nobody knows who it was."""
    user = dice.choice(("", "u0", "u1", "u1", "u2", "u3", "guest"))
    return {
        "account_id": account_id,
        "user_id": user and f"{account_id}-{user}",
        "quantity": dice.choice(("", "", "12", "80.5")),
        "duration_seconds": dice.choice(("", "60", "600", "5400")),
    }


def _usage(dice: Dice, account_id: str) -> list[Raw]:
    rows: dict[tuple[str, ...], Raw] = {}
    for _ in range(dice.choice((0, 0, 10, 40))):
        row = _used(dice, account_id) | {
            "feature_key": dice.choice(USED),
            "usage_on": dice.edge().isoformat(),
            # A row without events, or with fewer, is no use.
            "event_count": dice.choice(("1", "3", "10", "75", "0", "-2")),
        }
        rows[row["user_id"], row["feature_key"], row["usage_on"]] = row
    return list(rows.values())


def _events(dice: Dice, account_id: str) -> list[Raw]:
    rows: dict[tuple[str, ...], Raw] = {}
    for number in range(dice.choice((0, 0, 0, 8))):
        day = dice.edge()
        row = _used(dice, account_id) | {
            # An id that comes again on another day is another event.
            "event_id": f"{account_id}-e{number % 6}",
            "event_name": dice.choice(USED),
            "occurred_at": f"{day}T{dice.randrange(24):02}:15:00Z",
            "loaded_at": dice.maybe(f"{day} 23:59:00"),
        }
        rows[row["event_id"], day.isoformat()] = row
    return list(rows.values())


def _limits(dice: Dice, account_id: str) -> list[Raw]:
    rows: dict[tuple[str, ...], Raw] = {}
    for _ in range(dice.choice((0, 0, 1, 2))):
        day = dice.edge()
        row = {
            "account_id": account_id,
            "feature_key": dice.choice(("gate", "boards")),
            "limit_quantity": dice.choice(("15", "100", "0")),
            "effective_from": day.isoformat(),
            "effective_to": dice.later(day),
        }
        rows[row["feature_key"], row["effective_from"]] = row
    return list(rows.values())


# --- people -----------------------------------------------------------------------------------


def _contacts(dice: Dice, account_id: str) -> list[Raw]:
    rows = []
    for number in range(dice.choice((0, 1, 2, 6))):
        created = dice.edge()
        rows.append(
            {
                "contact_id": f"{account_id}-c{number}",
                "account_id": account_id,
                "relationship_strength": dice.choice(("", "1", "2", "3", "5")),
                "created_at": dice.maybe(dice.moment(created)),
                "departed_on": dice.choice(("", dice.later(created))),
            }
        )
    return rows


def _activities(dice: Dice, account_id: str) -> list[Raw]:
    kinds = ("kickoff", "qbr", "training", "webinar", "community", "email", "email", "other")
    rows = []
    for number in range(dice.choice((0, 2, 8))):
        day = dice.edge()
        planned = dice.moment(day)
        status = dice.choice(("completed", "completed", "no_show", "canceled", "scheduled"))
        is_done = status == "completed" and dice.randrange(5)
        late = dice.choice((0, 0, 0, -2, 3, 40))
        completed = dice.moment(day + timedelta(days=late)) if late else planned
        rows.append(
            {
                "activity_id": f"{account_id}-a{number}",
                "account_id": account_id,
                "activity_type": dice.choice(kinds),
                "scheduled_at": dice.maybe(planned),
                "completed_at": completed if is_done else "",
                "status": status,
            }
        )
    return rows


def _pulses(dice: Dice, account_id: str) -> list[Raw]:
    rows: dict[str, Raw] = {}
    for _ in range(dice.choice((0, 1, 3))):
        recorded = f"{dice.edge()} 09:00:00"
        rows[recorded] = {
            "account_id": account_id,
            "recorded_at": recorded,
            "csm_sentiment": dice.choice(("", "1", "3", "5")),
            "renewal_sentiment": dice.choice(("", "positive", "NEUTRAL", "negative", "unknown")),
            "executive_engagement": dice.choice(("", "0", "45", "100")),
        }
    return list(rows.values())


def _answers(dice: Dice, account_id: str) -> list[Raw]:
    rows = []
    for number in range(dice.choice((0, 0, 2, 6))):
        kind = dice.choice(("nps", "nps", "csat", "ces"))
        rows.append(
            {
                "response_id": f"{account_id}-r{number}",
                "account_id": account_id,
                "contact_id": dice.choice(("", f"{account_id}-c0", f"{account_id}-c1")),
                "survey_type": kind,
                "score": dice.choice(("0", "7", "10") if kind == "nps" else ("1", "4", "5")),
                "responded_at": f"{dice.edge()} {dice.choice(('08', '12'))}:00:00",
            }
        )
    return rows


def _assessments(dice: Dice, account_id: str) -> list[Raw]:
    signals = (
        "in_target_industry",
        "in_target_size_range",
        "uses_target_workflow",
        "has_executive_sponsor",
        "advocates_publicly",
        "expansion_potential_high",
        "competitor_concentration_low",
    )
    rows: dict[str, Raw] = {}
    for _ in range(dice.choice((0, 0, 1, 2))):
        assessed = dice.edge().isoformat()
        answers = dice.choice((YES_NO, YES_NO, ("",)))
        rows[assessed] = {
            "account_id": account_id,
            "assessed_on": assessed,
            **{signal: dice.choice(answers) for signal in signals},
        }
    return list(rows.values())


# --- support ----------------------------------------------------------------------------------


def _tickets(dice: Dice, account_id: str) -> list[Raw]:
    rows = []
    for number in range(dice.choice((0, 0, 1, 3, 9))):
        created = dice.edge()
        solved = dice.later(created, None, -3, 0, 1, 4, 30, 95)
        rows.append(
            {
                "ticket_id": f"{account_id}-t{number}",
                "account_id": account_id,
                "created_at": f"{created} 08:20:00",
                "solved_at": solved and f"{solved} {dice.randint(9, 20):02}:00:00",
                "is_escalated": dice.choice(YES_NO),
                "csat_score": dice.choice(("", "", "1", "4", "5")),
                "sentiment": dice.choice(("", "positive", "neutral", "negative")),
            }
        )
    return rows


def add_life(tables: Tables, dice: Dice, account_id: str) -> None:
    """All that health is measured by."""
    for table, rows in {
        "product_users": _users,
        "product_usage_daily": _usage,
        "product_events": _events,
        "product_usage_limits": _limits,
        "crm_contacts": _contacts,
        "crm_activities": _activities,
        "crm_pulses": _pulses,
        "crm_icp_assessments": _assessments,
        "feedback_survey_responses": _answers,
        "support_tickets": _tickets,
    }.items():
        tables[table] += rows(dice, account_id)


# --- what a whole company does not record -----------------------------------------------------


def _without(*names: str) -> Callable[[Tables], None]:
    def leave_out(tables: Tables) -> None:
        for name in names:
            tables[name] = []

    return leave_out


def _blank(column: str, *names: str) -> Callable[[Tables], None]:
    def blank(tables: Tables) -> None:
        for name in names:
            for row in tables[name]:
                row[column] = ""

    return blank


def _no_logins(tables: Tables) -> None:
    for name, column in (("product_usage_daily", "feature_key"), ("product_events", "event_name")):
        tables[name] = [row for row in tables[name] if row[column] != "login"]


def _nobody(tables: Tables) -> None:
    """Use without users; rows that differed by user alone would be copies."""
    rows = {
        (row["account_id"], row["feature_key"], row["usage_on"]): row | {"user_id": ""}
        for row in tables["product_usage_daily"]
    }
    tables["product_usage_daily"] = list(rows.values())
    _blank("user_id", "product_events")(tables)


_SILENCES: tuple[Callable[[Tables], None], ...] = (
    _no_logins,
    _nobody,
    _blank("duration_seconds", "product_usage_daily", "product_events"),
    _blank("is_core", "product_features"),
    _blank("relationship_strength", "crm_contacts"),
    _without("product_features"),
    _without("product_users"),
    _without("product_usage_daily", "product_events"),
    _without("crm_contacts"),
    _without("crm_activities", "crm_pulses"),
    _without("support_tickets"),
    _without("billing_invoices"),
    _without("feedback_survey_responses"),
)


def silence(tables: Tables, dice: Dice) -> None:
    """Give the company its features, and take out what it does not record."""
    tables["product_features"] = [dict(row) for row in FEATURES]
    for leave_out in dice.sample(_SILENCES, dice.choice((0, 0, 0, 1, 3))):
        leave_out(tables)
