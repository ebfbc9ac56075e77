"""Retention, cohorts and churn: what became of the accounts of a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .contracts import has_contract
from .lines import ZERO, add_months, months_between
from .movements import arr_tier, is_opening
from .mrr import Company, Holding, contracted
from .raw import Row

WINDOWS = (1, 3, 12)
NONE = "(none)"
# Healthy from, concerning from; else critical. First for the default stage, growth.
STAGE = {"grr": (0.90, 0.85), "nrr": (1.10, 1.00), "logo": (0.85, 0.80)}
ENTERPRISE = {"grr": (0.95, 0.90), "nrr": (1.15, 1.05)}
MID_MARKET = {"grr": (0.85, 0.80), "nrr": (1.05, 0.95)}
SMB = {"grr": (0.80, 0.75), "nrr": (0.95, 0.90)}
TIERS = {
    "arr_tier": {
        "arr_100k_plus": ENTERPRISE,
        "arr_15k_100k": MID_MARKET,
        "arr_under_15k": SMB,
    },
    "touch_tier": {"high_touch": ENTERPRISE, "low_touch": MID_MARKET, "tech_touch": SMB},
    "investment_tier": {
        "strategic": ENTERPRISE,
        "enterprise": ENTERPRISE,
        "mid_market": MID_MARKET,
        "smb": SMB,
    },
}
ARR_RANGES = {
    "arr_100k_plus": "100k ARR or more",
    "arr_15k_100k": "15k to 100k ARR",
    "arr_under_15k": "less than 15k ARR",
}
# The words for a rate, each from its least value on.
RATINGS = {
    "grr": {0.95: "excellent", 0.9: "good", 0.85: "average", 0.8: "below_average", 0: "critical"},
    "nrr": {1.2: "excellent", 1.1: "great", 1: "good", 0.9: "below_average", 0: "critical"},
}
PLACES = 9  # rates are rounded before they meet a threshold
LEAKY_GRR, LEAKY_NRR = 0.85, 1.00
SMALL_SAMPLE = 20  # a base of fewer accounts is not judged


@dataclass(frozen=True)
class Member:
    """An account of the base at both ends of a window."""

    start: Decimal
    end: Decimal
    is_paused: bool = False


@dataclass(frozen=True)
class Retention:
    """The measures of one base over one window."""

    starting: Decimal
    churn: Decimal
    contraction: Decimal
    expansion: Decimal
    ending: Decimal
    starting_accounts: int
    retained_accounts: int
    paused_accounts: int

    @property
    def grr(self) -> float | None:
        """Gross retention; an empty base has none."""
        kept = self.starting - self.churn - self.contraction
        return float(kept) / float(self.starting) if self.starting else None

    @property
    def nrr(self) -> float | None:
        """Net retention."""
        return float(self.ending) / float(self.starting) if self.starting else None

    @property
    def logo(self) -> float | None:
        """Logo retention."""
        accounts = self.starting_accounts
        return self.retained_accounts / accounts if accounts else None

    @property
    def is_small_sample(self) -> bool:
        """Too few accounts for a verdict."""
        return self.starting_accounts < SMALL_SAMPLE

    @property
    def is_leaky(self) -> bool | None:
        """Growth from those who stay hides how many leave."""
        if self.grr is None or self.nrr is None:
            return None
        return self.grr <= LEAKY_GRR and self.nrr > LEAKY_NRR


def target(figure: str, kind: str, segment: str) -> tuple[float, float] | None:
    """Healthy and concerning from: of a tier its own, of all else the stage's."""
    return TIERS[kind].get(segment, {}).get(figure) if kind in TIERS else STAGE[figure]


def verdict(figure: str, rate: float | None, kind: str, segment: str) -> str | None:
    """Healthy, concerning or critical by the segment's target; without one there is none."""
    bounds = target(figure, kind, segment)
    if rate is None or bounds is None:
        return None
    healthy, concerning = bounds
    if round(rate, PLACES) >= healthy:
        return "healthy"
    return "concerning" if round(rate, PLACES) >= concerning else "critical"


def rating(figure: str, rate: float | None) -> str | None:
    """The published word for a rate, whatever the segment."""
    if rate is None:
        return None
    return next(word for least, word in RATINGS[figure].items() if round(rate, PLACES) >= least)


def measure(members: Iterable[Member]) -> Retention:
    """Point to point over one fixed base."""
    base = [member for member in members if member.start > 0]
    kept = [member for member in base if member.end > 0]
    return Retention(
        starting=sum((m.start for m in base), ZERO),
        churn=sum((m.start for m in base if m.end == 0), ZERO),
        contraction=sum((max(m.start - m.end, ZERO) for m in kept), ZERO),
        expansion=sum((max(m.end - m.start, ZERO) for m in base), ZERO),
        ending=sum((m.end for m in base), ZERO),
        starting_accounts=len(base),
        retained_accounts=len(kept),
        paused_accounts=sum(m.is_paused for m in base),
    )


# --- segments ---------------------------------------------------------------------------------


AccountMonth = tuple[str, date]
Assignments = dict[str, list[Row]]  # by account, the latest first


def csm_assignments(company: Company) -> Assignments:
    """The assignments of CSMs; other roles own no account."""
    rows = company.accepted.rows
    csms = {
        row["member_id"] for row in rows["crm_team_members"] if row["role"] in ("csm", "senior_csm")
    }
    found: Assignments = defaultdict(list)
    for row in sorted(rows["crm_account_assignments"], key=lambda row: row["member_id"]):
        if row["member_id"] in csms:
            found[row["account_id"]].append(row)
    for assignments in found.values():
        assignments.sort(key=lambda row: row["assigned_from"], reverse=True)  # stable: lowest id
    return found


def csm_on(assignments: list[Row], account: Row, day: date) -> str | None:
    """The latest assignment in force, else the CRM's current owner."""
    for row in assignments:
        if row["assigned_from"] <= day < (row["assigned_to"] or date.max):
            return row["member_id"]
    return account["csm_id"]


def _plan(holdings: list[Holding]) -> str | None:
    largest = min(holdings, key=lambda holding: (-holding.counted, holding.line.order))
    return largest.line.plan_id


def segments(
    company: Company, tiers: Mapping[AccountMonth, dict[str, str]]
) -> dict[AccountMonth, dict[str, str]]:
    """Each active account's segments at each month's snapshot; its tiers are given."""
    accounts = {row["account_id"]: row for row in company.accepted.rows["crm_accounts"]}
    assignments = csm_assignments(company)
    found = {}
    for account_id, first in company.first_months.items():
        closings, account = company.closings[account_id], accounts[account_id]
        book = company.book[account_id]
        for month, holdings, mrr in zip(company.months, book, closings, strict=True):
            if mrr == 0:
                continue
            quarter = date(first.year, (first.month - 1) // 3 * 3 + 1, 1)
            values = {
                "all": "all",
                "arr_tier": arr_tier(mrr),
                "industry": account["industry"],
                "region": account["region"],
                "plan": _plan(holdings),
                "csm": csm_on(assignments[account_id], account, company.snapshot_day(month)),
                "cohort_quarter": None if is_opening(company, first) else quarter.isoformat(),
                **tiers.get((account_id, month), {}),
            }
            found[account_id, month] = {kind: value or NONE for kind, value in values.items()}
    return found


def label(company: Company, kind: str, segment: str) -> str:
    """The segment for readers: the name of a CSM or plan, the range of an ARR tier."""
    if kind == "arr_tier":
        return ARR_RANGES.get(segment, segment)
    table, key, name = {
        "csm": ("crm_team_members", "member_id", "member_name"),
        "plan": ("billing_plans", "plan_id", "plan_name"),
    }.get(kind, (None, "", ""))
    rows = company.accepted.rows[table] if table else []
    names = {row[key]: row[name] for row in rows}
    return names.get(segment) or segment


# --- retention --------------------------------------------------------------------------------

RetentionKey = tuple[int, date, str, str]  # window, its last month, segment type, segment
BaseKey = tuple[int, date, str]  # window, its last month, account


def _windows(company: Company) -> list[tuple[int, date]]:
    """Each window length with each complete month that it may end with."""
    firsts, last = company.first_months, company.last_complete_month
    if not firsts or last is None:
        return []
    return [
        (window, end)
        for window in WINDOWS
        for end in company.months
        if add_months(min(firsts.values()), window) <= end <= last
    ]


def bases(
    company: Company, tiers: Mapping[AccountMonth, dict[str, str]] | None = None
) -> dict[BaseKey, tuple[Member, dict[str, str]]]:
    """The accounts that paid at a window's start, with their segments then."""
    segment_of = segments(company, tiers or {})
    index = {month: position for position, month in enumerate(company.months)}
    found = {}
    for window, end in _windows(company):
        start = add_months(end, -window)
        for account_id in company.first_months:
            if (account_id, start) in segment_of:
                mrr = company.closings[account_id]
                before, after = mrr[index[start]], mrr[index[end]]
                is_paused = after == 0 and company.standing[account_id][index[end]]
                member = Member(before, after, is_paused)
                found[window, end, account_id] = member, segment_of[account_id, start]
    return found


def retention(
    company: Company, tiers: Mapping[AccountMonth, dict[str, str]] | None = None
) -> dict[RetentionKey, Retention]:
    """Every window that ends with a complete month, per segment at its start."""
    members: dict[RetentionKey, list[Member]] = {
        (window, end, "all", "all"): [] for window, end in _windows(company)
    }
    for (window, end, _), (member, segment_of) in bases(company, tiers).items():
        for kind, segment in segment_of.items():
            members.setdefault((window, end, kind, segment), []).append(member)
    return {key: measure(base) for key, base in members.items()}


# --- cohorts ----------------------------------------------------------------------------------

CohortKey = tuple[str, date, str, str, int]  # grain, cohort, segment, age in months


def cohorts(
    company: Company, tiers: Mapping[AccountMonth, dict[str, str]] | None = None
) -> dict[CohortKey, Retention]:
    """Every cohort, whole and by first touch tier, at each age that all members reached."""
    last = company.last_complete_month
    if last is None:
        return {}
    closings = {
        account_id: dict(zip(company.months, mrr, strict=True))
        for account_id, mrr in company.closings.items()
    }
    members: dict[tuple[str, date, str, str], list[tuple[str, date]]] = defaultdict(list)
    for account_id, first in company.first_months.items():
        if is_opening(company, first):
            continue  # nobody knows when it was won
        tier = (tiers or {}).get((account_id, first), {}).get("touch_tier", NONE)
        for segment in (("all", "all"), ("touch_tier", tier)):
            members["month", first, *segment].append((account_id, first))
            quarter = date(first.year, (first.month - 1) // 3 * 3 + 1, 1)
            # A quarter that is not over may still win members.
            if add_months(quarter, 2) <= last:
                members["quarter", quarter, *segment].append((account_id, first))
    results = {}
    for cohort, accounts in members.items():
        youngest = max(first for _, first in accounts)
        for age in range(months_between(youngest, last) + 1):
            results[*cohort, age] = measure(
                Member(closings[account_id][first], closings[account_id][add_months(first, age)])
                for account_id, first in accounts
            )
    return results


# --- churn ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Churn:
    """The end of an account's contract, with what it had last paid."""

    churned_mrr: Decimal
    churned_on: date
    tenure_months: int
    is_opening: bool
    last_month: date
    is_reactivated_later: bool


def _last_day_in_contract(company: Company, account_id: str, since: date, until: date) -> date:
    """The last with revenue, pauses aside; of a contract that was free by then its own last."""
    was_free = contracted(company.holdings(account_id, since)) == 0
    day = until
    while day > since and not (
        has_contract(company, account_id, day)
        if was_free
        else contracted(company.holdings(account_id, day))
    ):
        day -= timedelta(days=1)
    return day


def churns(company: Company) -> dict[tuple[str, date], Churn]:
    """Accounts whose contract is there at one month's end and gone at the next."""
    events = {}
    for account_id, first in company.first_months.items():
        closings, standing = company.closings[account_id], company.standing[account_id]
        for position in range(1, len(closings)):
            month = company.months[position]
            paid = [index for index, mrr in enumerate(closings[:position]) if mrr > 0]
            if not paid or not standing[position - 1] or standing[position]:
                continue
            since, until = map(company.snapshot_day, company.months[position - 1 : position + 1])
            last_day = _last_day_in_contract(company, account_id, since, until)
            events[account_id, month] = Churn(
                churned_mrr=closings[paid[-1]],
                churned_on=last_day + timedelta(days=1),
                tenure_months=months_between(first, month),
                is_opening=is_opening(company, first),
                last_month=company.months[paid[-1]],
                is_reactivated_later=any(closings[position:]),
            )
    return events
