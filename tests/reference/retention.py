"""Retention, cohorts and churn: what became of the accounts of a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .movements import arr_tier, first_months, last_complete_month
from .mrr import ZERO, Company, Holding, add_months, contracted, counted, months_between

WINDOWS = (1, 3, 12)
NONE = "(none)"
# For the default stage, growth: healthy from, concerning from; else critical.
VERDICTS = {"grr": (0.90, 0.85), "nrr": (1.10, 1.00), "logo": (0.85, 0.80)}
LEAKY_GRR, LEAKY_NRR = 0.85, 1.00


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
    def is_leaky(self) -> bool | None:
        """Growth from those who stay hides how many leave."""
        if self.grr is None or self.nrr is None:
            return None
        return self.grr <= LEAKY_GRR and self.nrr > LEAKY_NRR


def verdict(figure: str, rate: float | None) -> str | None:
    """Healthy, concerning or critical at the default stage."""
    if rate is None:
        return None
    healthy, concerning = VERDICTS[figure]
    if rate >= healthy:
        return "healthy"
    return "concerning" if rate >= concerning else "critical"


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


def _csm(company: Company, account_id: str, day: date) -> str | None:
    """The latest assignment of a CSM in force, else the CRM's current owner."""
    csms = {
        row["member_id"]
        for row in company.accepted.rows["crm_team_members"]
        if row["role"] in ("csm", "senior_csm")
    }
    in_force = [
        (-row["assigned_from"].toordinal(), row["member_id"])
        for row in company.accepted.rows["crm_account_assignments"]
        if row["account_id"] == account_id
        and row["member_id"] in csms
        and row["assigned_from"] <= day < (row["assigned_to"] or date.max)
    ]
    if in_force:
        return min(in_force)[1]
    accounts = company.accepted.rows["crm_accounts"]
    return next(row["csm_id"] for row in accounts if row["account_id"] == account_id)


def _plan(holdings: list[Holding]) -> str | None:
    largest = min(holdings, key=lambda holding: (-holding.counted, holding.line.order))
    return largest.line.plan_id


def segments(company: Company) -> dict[tuple[str, date], dict[str, str]]:
    """Each active account's segments at each month's snapshot."""
    accounts = {row["account_id"]: row for row in company.accepted.rows["crm_accounts"]}
    firsts = first_months(company)
    found = {}
    for account_id, book in company.book.items():
        for month, holdings in zip(company.months, book, strict=True):
            mrr = counted(holdings)
            if mrr == 0:
                continue
            first = firsts[account_id]
            quarter = date(first.year, (first.month - 1) // 3 * 3 + 1, 1)
            values = {
                "all": "all",
                "arr_tier": arr_tier(mrr),
                "industry": accounts[account_id]["industry"],
                "region": accounts[account_id]["region"],
                "plan": _plan(holdings),
                "csm": _csm(company, account_id, company.snapshot_day(month)),
                "cohort_quarter": quarter.isoformat(),
            }
            found[account_id, month] = {kind: value or NONE for kind, value in values.items()}
    return found


# --- retention --------------------------------------------------------------------------------

RetentionKey = tuple[int, date, str, str]  # window, its last month, segment type, segment


def retention(company: Company) -> dict[RetentionKey, Retention]:
    """Every window that ends with a complete month, per segment at its start."""
    firsts, last = first_months(company), last_complete_month(company)
    if not firsts or last is None:
        return {}
    segment_of = segments(company)
    index = {month: position for position, month in enumerate(company.months)}
    results = {}
    for window in WINDOWS:
        for end in (month for month in company.months if min(firsts.values()) <= month <= last):
            start = add_months(end, -window)
            bases: dict[tuple[str, str], list[Member]] = defaultdict(list, {("all", "all"): []})
            for account_id, book in company.book.items():
                for segment in segment_of.get((account_id, start), {}).items():
                    before, after = book[index[start]], book[index[end]]
                    paused = counted(after) == 0 and contracted(after) > 0
                    member = Member(counted(before), counted(after), paused)
                    bases[segment].append(member)
            for segment, members in bases.items():
                results[window, end, *segment] = measure(members)
    return results


# --- cohorts ----------------------------------------------------------------------------------

CohortKey = tuple[str, date, int]  # grain, cohort, age in months


def cohorts(company: Company) -> dict[CohortKey, Retention]:
    """Every cohort at every age that all of its members have reached."""
    last = last_complete_month(company)
    if last is None:
        return {}
    closings = {
        account_id: {
            month: counted(holdings) for month, holdings in zip(company.months, book, strict=True)
        }
        for account_id, book in company.book.items()
    }
    members: dict[tuple[str, date], list[tuple[str, date]]] = defaultdict(list)
    for account_id, first in first_months(company).items():
        members["month", first].append((account_id, first))
        quarter = date(first.year, (first.month - 1) // 3 * 3 + 1, 1)
        # A quarter that is not over may still win members.
        if add_months(quarter, 2) <= last:
            members["quarter", quarter].append((account_id, first))
    results = {}
    for (grain, cohort), accounts in members.items():
        youngest = max(first for _, first in accounts)
        for age in range(months_between(youngest, last) + 1):
            results[grain, cohort, age] = measure(
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
    is_reactivated_later: bool


def _last_day_in_contract(company: Company, account_id: str, since: date, until: date) -> date:
    day = until
    while day > since and contracted(company.holdings(account_id, day)) == 0:
        day -= timedelta(days=1)
    return day


def churns(company: Company) -> dict[tuple[str, date], Churn]:
    """Accounts whose contract is there at one month's end and gone at the next."""
    events = {}
    firsts = first_months(company)
    for account_id, first in firsts.items():
        book = company.book[account_id]
        for position in range(1, len(book)):
            month = company.months[position]
            paid = [counted(holdings) for holdings in book[:position] if counted(holdings) > 0]
            if not paid or contracted(book[position - 1]) == 0 or contracted(book[position]) > 0:
                continue
            since, until = map(company.snapshot_day, company.months[position - 1 : position + 1])
            last_day = _last_day_in_contract(company, account_id, since, until)
            events[account_id, month] = Churn(
                churned_mrr=paid[-1],
                churned_on=last_day + timedelta(days=1),
                tenure_months=months_between(first, month),
                is_reactivated_later=any(counted(later) > 0 for later in book[position:]),
            )
    return events
