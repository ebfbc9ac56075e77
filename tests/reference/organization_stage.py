"""The questions about the organization: stage, maturity, ratios, roles, spans and business case."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .organization import CSM_ROLES, MONTHS, Organization, add_months, number, range_verdict
from .raw import Row
from .rules import read_policy

POINT = Fraction(1, 100)
HUNDRED = 100
LEADERS = ("manager", "director", "vp")
CUSTOMERS, CSMS = "customers", "csms"
UNITS = {CUSTOMERS: "customers", CSMS: "CSMs"}
Figures = dict[str, Any]
Answers = dict[str, Figures]


def a_year_before(day: date) -> date:
    """The same day of the year before."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def in_the_year(day: date | None, end: date) -> bool:
    """Whether a day is in the twelve months that end on another."""
    return day is not None and a_year_before(end) < day <= end


def _text(value: Fraction, display_format: str) -> str:
    """A value in a range, by the format of its question."""
    if display_format.endswith("%"):
        return f"{float(value * HUNDRED):.1f}%"
    return f"{float(value):,.1f}" if "." in display_format else f"{int(value):,}"


def _range(low: Fraction | None, high: Fraction | None, display_format: str) -> str | None:
    if low is None:
        return None
    first = _text(low, display_format)
    return f"at least {first}" if high is None else f"{first} to {_text(high, display_format)}"


# --- stage and maturity -------------------------------------------------------------------------


def stage(company: Organization) -> Figures:
    """The last stage whose least number of customers is reached."""
    stages = sorted(read_policy("org_stages"), key=lambda row: int(row["min_customers"]))
    customers = len(company.paid)
    reached = [row for row in stages if int(row["min_customers"]) <= customers]
    later = stages[len(reached) :]
    low = int(reached[-1]["min_customers"])
    high = int(later[0]["min_customers"]) - 1 if later else None
    return {
        "value": customers,
        "range_low": low,
        "range_high": high,
        "range": f"at least {low}" if high is None else f"{low} to {high}",
        "verdict": reached[-1]["stage"],
    }


def figures_of_maturity(company: Organization) -> dict[str, Fraction]:
    """What the conditions are about, from raw rows and the ledger."""
    end, customers = company.as_of, company.paid.keys()
    whole = len(customers)
    scores = [
        row
        for row in company.mart("fct_health_scores")
        if row["scheme"] == company.health_scheme and row["snapshot_date"] == end
    ]
    known = {row["account_id"] for row in scores if not row["is_low_confidence"]}
    objectives = [
        row
        for row in company.raw["crm_success_objectives"]
        if row["account_id"] in customers and (row["created_on"] or date.min) <= end
    ]
    achieved = [row for row in objectives if (row["achieved_on"] or date.max) <= end]
    due = [row for row in objectives if in_the_year(row["due_on"], end)]
    done = [row for row in due if (row["achieved_on"] or date.max) <= end]
    # An objective without an amount has no value that the customer could confirm.
    confirmed = {
        row["account_id"]
        for row in achieved
        if row["is_customer_validated"] and row["value_amount"] is not None
    }
    advocates: dict[str, bool] = {}
    for row in sorted(company.raw["crm_icp_assessments"], key=lambda row: row["assessed_on"]):
        if row["advocates_publicly"] is not None and row["assessed_on"] <= end:
            advocates[row["account_id"]] = row["advocates_publicly"]
    last = company.complete_months[-1]
    start, closing = company.paying[add_months(last, -MONTHS)], company.paying[last]
    retained = sum((Fraction(closing.get(account_id, 0)) for account_id in start), Fraction(0))
    tasks = [
        row for row in company.mart("fct_playbook_tasks") if in_the_year(row["completed_on"], end)
    ]
    return {
        "health_coverage": Fraction(len(known & customers), whole),
        "playbook_tasks_recorded": Fraction(len(tasks)),
        "success_plan_coverage": Fraction(len({row["account_id"] for row in objectives}), whole),
        "outcome_achievement": Fraction(len(done), len(due)),
        "nrr": retained / Fraction(sum(start.values())),
        "validated_roi_share": Fraction(len(confirmed), whole),
        "reference_customers": Fraction(sum(advocates.get(key, False) for key in customers), whole),
    }


def maturity(company: Organization) -> Answers:
    """Each condition, and the last stage up to which all are met."""
    figures = figures_of_maturity(company)
    found: Answers = {}
    names, failed = {1: "reactive"}, set()
    for row in read_policy("org_maturity"):
        value, least = figures[row["figure"]], Fraction(row["min_value"])
        rank = int(row["stage_rank"])
        names[rank] = row["stage"]
        if value < least:
            failed.add(rank)
        found[row["question"]] = {
            "value": value,
            "range_low": least,
            "range_high": None,
            "range": _range(least, None, row["display_format"]),
            "verdict": "met" if value >= least else "not_met",
        }
    reached = max(rank for rank in names if not any(one <= rank for one in failed))
    found["maturity"] = {
        "value": reached,
        "range_low": None,
        "range_high": None,
        "range": None,
        "verdict": names[reached],
    }
    return found


# --- ratios and roles ---------------------------------------------------------------------------


def ratios(company: Organization) -> Answers:
    """Accounts of a segment ÷ CSMs, each as far as the accounts of the book are in it."""
    questions = sorted(
        (row for row in read_policy("org_questions") if row["topic"] == "ratio"),
        key=lambda row: -int(row["min_arr"]),
    )
    accounts: dict[str, int] = defaultdict(int)
    csms: dict[str, Fraction] = defaultdict(Fraction)
    for csm in company.csm_tiers:
        book = company.books.get(csm, set())
        for account_id in book:
            arr = company.arr(account_id)
            question = next(row["question"] for row in questions if arr >= int(row["min_arr"]))
            accounts[question] += 1
            csms[question] += Fraction(1, len(book))
    found: Answers = {}
    for row in questions:
        name = row["question"]
        value = accounts[name] / csms[name] if csms[name] else None
        low, high = number(row["range_low"]), number(row["range_high"])
        found[name] = {
            "value": value,
            "range_low": low,
            "range_high": high,
            "range": _range(low, high, row["display_format"]),
            "verdict": range_verdict(value, low, high),
        }
    return found


def sizes(company: Organization) -> dict[date, dict[str, int]]:
    """Customers and CSMs at each month's end and on as_of_date."""
    members = [row for row in company.raw["crm_team_members"] if row["role"] in CSM_ROLES]
    found = {}
    for month, paid in company.paying.items():
        day = min(add_months(month, 1) - timedelta(days=1), company.as_of)
        csms = sum(company.at_work(row, day) for row in members)
        found[day] = {CUSTOMERS: len(paid), CSMS: csms}
    found[company.as_of][CSMS] = len(company.csm_tiers)
    return found


def _met_since(triggers: list[Row], by_day: dict[date, dict[str, int]]) -> date | None:
    """The first day of the unbroken run to today on which a trigger is met."""
    since = None
    for day, size in sorted(by_day.items(), reverse=True):
        if not any(size[row["measure"]] >= int(row["min_value"]) for row in triggers):
            break
        since = day
    return since


def roles(company: Organization) -> Answers:
    """Roles beyond CSMs: whether a trigger is met, since when, and who is in them."""
    by_day = sizes(company)
    today = by_day[company.as_of]
    found: Answers = {}
    for row in read_policy("org_questions"):
        if row["topic"] != "role":
            continue
        triggers = [
            own for own in read_policy("org_role_triggers") if own["question"] == row["question"]
        ]
        filled_by = row["filled_by"].split()
        people = sum(member["role"] in filled_by for member in company.members)
        nearest = max(
            triggers, key=lambda own: Fraction(today[own["measure"]], int(own["min_value"]))
        )
        since = _met_since(triggers, by_day)
        if since is not None:
            verdict = "unrecorded" if not filled_by else "in_place" if people else "due"
        else:
            verdict = "early" if people else "not_due"
        texts = [f"{own['min_value']} {UNITS[own['measure']]}" for own in triggers]
        found[row["question"]] = {
            "value": today[nearest["measure"]],
            "unit": UNITS[nearest["measure"]],
            "range_low": int(nearest["min_value"]),
            "range_high": None,
            "range": f"from {' or '.join(texts)}",
            "verdict": verdict,
            "met_since": since,
            "people_in_role": people if filled_by else None,
            "unblocks": row["unblocks"],
        }
    return found


# --- spans and business case --------------------------------------------------------------------


def spans(company: Organization) -> dict[str, Fraction | None]:
    """CSMs ÷ managers and managers ÷ directors; the next leader counts where a level is empty."""
    heads = {
        role: sum(member["role"] == role for member in company.members) for role in LEADERS
    } | {CSMS: len(company.csm_tiers)}

    def per_leader(led: str, leaders: tuple[str, ...]) -> Fraction | None:
        leading = next((heads[role] for role in leaders if heads[role]), 0)
        return Fraction(heads[led], leading) if leading and heads[led] else None

    return {
        "span_manager": per_leader(CSMS, LEADERS),
        "span_director": per_leader("manager", LEADERS[1:]),
    }


def business_case(company: Organization) -> dict[str, Fraction]:
    """What a point of retention brings, and how many of them pay for the team."""
    arr = sum((company.arr(account_id) for account_id in company.paid), Fraction(0))
    questions = {row["question"]: row for row in read_policy("org_questions")}
    team = questions["team_cost"]["filled_by"].split()
    default = company.settings["csm_annual_cost"]
    costs = [
        default if member["annual_cost"] is None else Fraction(str(member["annual_cost"]))
        for member in company.members
        if member["role"] in team
    ]
    cost = sum(costs, Fraction(0))
    return {
        "point_value": arr * POINT,
        "team_cost": cost,
        "break_even_points": cost / (arr * POINT),
    }


def break_even_verdict(points: Fraction, low: Fraction, high: Fraction) -> str:
    """Whether the lift of a built team pays for it."""
    if points < low:
        return "pays_back"
    return "depends" if points <= high else "costs_more"


def answers(company: Organization) -> Answers:
    """What rpt_org_stage must say, by question."""
    found: Answers = {"org_stage": stage(company)}
    found |= maturity(company) | ratios(company) | roles(company)
    measured = spans(company) | business_case(company)
    for row in read_policy("org_questions"):
        name = row["question"]
        if name in measured:
            value = measured[name]
            low, high = number(row["range_low"]), number(row["range_high"])
            verdict = range_verdict(value, low, high)
            if row["topic"] == "business_case" and value is not None and low and high:
                verdict = break_even_verdict(value, low, high)
            found[name] = {
                "value": value,
                "range_low": low,
                "range_high": high,
                "range": _range(low, high, row["display_format"]),
                "verdict": verdict,
            }
        if row["topic"] != "role":
            found[name] |= {"met_since": None, "people_in_role": None, "unit": row["unit"]}
        found[name] |= {"topic": row["topic"], "label": row["label"]}
    for row in read_policy("org_maturity"):
        found[row["question"]] |= {
            "topic": "maturity",
            "label": row["label"],
            "unit": row["unit"],
            "met_since": None,
            "people_in_role": None,
        }
    return found
