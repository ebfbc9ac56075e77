"""What the variable pay of each CSM rests on, and how far it reaches its targets."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .mrr import Company
from .organization import CSM_ROLES, MONTHS, Organization, add_months
from .organization_capacity import capacity_targets
from .organization_stage import in_the_year
from .raw import Row
from .rules import read_policy

METRICS = ("book_grr", "book_nrr", "expansion_influenced", "mean_health", "renewal_rate")
Figures = dict[str, Any]
Actuals = dict[str, Fraction | None]


def month_end(month: date) -> date:
    """The last day of a month."""
    return add_months(month, 1) - timedelta(days=1)


class Owners:
    """Who looked after an account on a day."""

    def __init__(self, company: Organization) -> None:
        """From the assignments of CSMs, else the owner of today."""
        self._accounts = {row["account_id"]: row["csm_id"] for row in company.raw["crm_accounts"]}
        csms = {
            row["member_id"] for row in company.raw["crm_team_members"] if row["role"] in CSM_ROLES
        }
        self._assigned: dict[str, list[Row]] = defaultdict(list)
        for row in company.raw["crm_account_assignments"]:
            if row["member_id"] in csms:
                self._assigned[row["account_id"]].append(row)

    def on(self, account_id: str, day: date) -> str | None:
        """The latest assignment in force, the lowest member on a tie."""
        in_force = [
            row
            for row in self._assigned[account_id]
            if row["assigned_from"] <= day < (row["assigned_to"] or date.max)
        ]
        if not in_force:
            return self._accounts[account_id]
        latest = max(row["assigned_from"] for row in in_force)
        return min(row["member_id"] for row in in_force if row["assigned_from"] == latest)


def rises(company: Organization) -> dict[tuple[str, date], date]:
    """By account and month, the day on which its lines rose most, the latest on a tie."""
    ((fx_rate_on,),) = {
        (row["fx_rate_on"],) for row in company.rows("intermediate.int_run_context")
    }
    ledger = Company(company.accepted, company.as_of, fx_rate_on=fx_rate_on)
    steps: dict[str, dict[date, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for line in ledger.lines:
        begins = max(line.starts, line.bills_from)
        if begins < line.ends:
            amount = Fraction(ledger.contracted_amount(line))
            steps[line.account_id][begins] += amount
            steps[line.account_id][line.ends] -= amount
    found: dict[tuple[str, date], tuple[Fraction, date]] = {}
    for account_id, own in steps.items():
        for day, step in own.items():
            if step > 0 and day <= company.as_of:
                key = account_id, day.replace(day=1)
                found[key] = max(found.get(key, (step, day)), (step, day))
    return {key: day for key, (_, day) in found.items()}


def expansions(company: Organization, owners: Owners) -> dict[str, Fraction]:
    """Expansion MRR of the last twelve complete months, by the CSM of the day on which it moved."""
    months = company.complete_months[-MONTHS:]
    moved = rises(company)
    found: dict[str, Fraction] = defaultdict(Fraction)
    for row in company.monthly:
        if row["month"] in months and row["expansion_mrr"] > 0:
            day = moved.get((row["account_id"], row["month"]), month_end(row["month"]))
            csm = owners.on(row["account_id"], day)
            if csm:
                found[csm] += Fraction(row["expansion_mrr"])
    return found


def renewals(company: Organization, owners: Owners) -> dict[str, tuple[int, int]]:
    """Contracts renewed and decided in the year, by the CSM of the day of the decision."""
    grace = {row["setting"]: row["value"] for row in read_policy("forecast_settings")}["grace_days"]
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for row in company.mart("fct_renewals"):
        decided_on = row["renewal_on"] + timedelta(days=int(grace))
        if row["outcome"] in ("renewed", "lost") and in_the_year(decided_on, company.as_of):
            csm = owners.on(row["account_id"], decided_on)
            if csm:
                renewed, decided = found[csm]
                found[csm] = renewed + (row["outcome"] == "renewed"), decided + 1
    return found


def attained(
    actuals: Actuals, targets: dict[str, Fraction | None], cap: Fraction
) -> dict[str, Fraction | None]:
    """Actual ÷ target of each metric, at most the cap."""
    found: dict[str, Fraction | None] = {}
    for metric in METRICS:
        actual, target = actuals[metric], targets[metric]
        found[metric] = None if actual is None or not target else min(actual / target, cap)
    return found


def overall(
    attainments: dict[str, Fraction | None], weights: dict[str, Fraction], least: Fraction
) -> tuple[Fraction, Fraction | None]:
    """Weight of the metrics with data, and their weighted attainment if it is enough."""
    known = {metric: value for metric, value in attainments.items() if value is not None}
    weight = sum((weights[metric] for metric in known), Fraction(0))
    if weight < least or not weight:
        return weight, None
    return weight, sum(weights[metric] * value for metric, value in known.items()) / weight


def attainment(company: Organization) -> dict[str, Figures]:
    """What rpt_csm_attainment must say, by CSM at work."""
    owners = Owners(company)
    last = company.complete_months[-1]
    first = add_months(last, -MONTHS)
    opening, closing = company.paying[first], company.paying[last]
    policy = {row["metric"]: row for row in read_policy("csm_incentives")}
    weights = {metric: Fraction(row["weight"]) for metric, row in policy.items()}
    expanded, decided = expansions(company, owners), renewals(company, owners)
    members = {row["member_id"]: row for row in company.members}
    books: dict[str, list[str]] = defaultdict(list)
    for account_id in opening:
        books[owners.on(account_id, month_end(first)) or ""].append(account_id)
    found = {}
    for csm, tier in company.csm_tiers.items():
        member = members.get(csm, {})
        is_new = (member.get("hired_on") or date.min) > month_end(first)
        book = [] if is_new else books[csm]
        start = sum((Fraction(opening[key]) for key in book), Fraction(0))
        after = {key: Fraction(closing.get(key, 0)) for key in book}
        retained = sum((min(Fraction(opening[key]), after[key]) for key in book), Fraction(0))
        end = sum(after.values(), Fraction(0))
        scores = [
            Fraction(account["health_score"])
            for key in company.books.get(csm, ())
            if (account := company.accounts[key])["health_score"] is not None
            and not account["is_low_confidence"]
        ]
        renewed, all_decided = decided[csm]
        targets: dict[str, Fraction | None] = {
            metric: Fraction(policy[metric]["target"]) for metric in METRICS
        }
        targets["expansion_influenced"] = (
            start * Fraction(policy["expansion_influenced"]["target"]) if start else None
        )
        actuals: Actuals = {
            "book_grr": retained / start if start else None,
            "book_nrr": end / start if start else None,
            "expansion_influenced": expanded[csm],
            "mean_health": sum(scores) / len(scores) if scores else None,
            "renewal_rate": Fraction(renewed, all_decided) if all_decided else None,
        }
        reached = attained(actuals, targets, company.settings["attainment_cap"])
        weight, whole = overall(reached, weights, company.settings["attainment_min_weight"])
        found[csm] = {
            "csm_name": member.get("member_name"),
            "role": member.get("role"),
            "investment_tier": tier,
            "is_hired_in_year": is_new,
            "opening_accounts": len(book) or None,
            "opening_book_arr": MONTHS * start or None,
            "renewals_decided": all_decided,
            "weight_known": weight,
            "attainment": whole,
            **actuals,
            **{f"{metric}_target": value for metric, value in targets.items()},
            **{f"{metric}_attainment": value for metric, value in reached.items()},
        }
    return found


def utilizations(company: Organization) -> dict[tuple[str, str], Fraction]:
    """Mean utilization of the CSMs of a tier, each as far as they are in it."""
    targets = capacity_targets(company)
    sums: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    shares: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for csm, tier in company.csm_tiers.items():
        book = company.books.get(csm, set())
        if tier is None:
            continue
        target, cap = targets[tier]
        arr = sum((company.arr(key) for key in book), Fraction(0))
        use = max(arr / target, Fraction(len(book), cap) if cap else Fraction(0))
        weights = {("investment_tier", tier): Fraction(1)}
        for account_id in book:
            key = "touch_tier", company.accounts[account_id]["touch_tier"]
            weights[key] = weights.get(key, Fraction(0)) + Fraction(1, len(book))
        for key, share in weights.items():
            sums[key] += share * use
            shares[key] += share
    return {key: total / shares[key] for key, total in sums.items()}
