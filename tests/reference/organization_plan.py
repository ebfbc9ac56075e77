"""The hiring plan: what the accounts and the ARR of a month and scenario ask for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Any

from .organization import MONTHS, Number, Organization, add_months, number
from .raw import Row
from .rules import read_policy

MONTHS_PER_QUARTER = 3
PLAN = "plan"
RUN_RATE = "run_rate"
Figures = dict[str, Any]


@dataclass(frozen=True)
class Target:
    """What a CSM of a tier carries and costs, and how long one takes to."""

    role: str
    arr: Fraction
    cap: int
    cost: Fraction
    ramp_months: int


def plan_targets(company: Organization) -> dict[str, Target]:
    """By tier: the row of any stage, overridden by what that of the company's stage states."""
    stated: dict[str, dict[str, str]] = defaultdict(dict)
    for stage in ("any", company.company_stage):
        for row in read_policy("csm_plan"):
            if row["stage"] == stage:
                stated[row["investment_tier"]] |= {key: text for key, text in row.items() if text}
    ramps = {row["investment_tier"]: row["months_to_full"] for row in read_policy("csm_ramp")}
    return {
        tier: Target(
            row["role"],
            Fraction(row["target_arr_per_csm"]),
            int(row["account_cap"]),
            Fraction(row["annual_cost"]),
            ceil(Fraction(ramps[tier])),
        )
        for tier, row in stated.items()
    }


def needs_of(target: Target, arr: Number, accounts: Number) -> tuple[int, int]:
    """CSMs that the ARR and the accounts ask for."""
    return ceil(Fraction(arr) / target.arr), ceil(Fraction(accounts) / target.cap)


def _binding(by_arr: int, by_accounts: int) -> str | None:
    if max(by_arr, by_accounts) == 0:
        return None
    if by_arr == by_accounts:
        return "arr_and_accounts"
    return "arr" if by_arr > by_accounts else "accounts"


def hires(
    company: Organization, target: Target, needs: Mapping[date, int], team: int
) -> dict[date, int]:
    """Hires by month: a ramp ahead of the highest need so far, so many a quarter at most."""
    days = timedelta(days=int(company.settings["hire_lead_days"]))
    most = int(company.settings["max_hires_per_quarter"])
    found: dict[date, int] = {}
    hired: Counter[date] = Counter()
    for month in sorted(needs):
        seen = [
            need
            for day, need in needs.items()
            # A month is urgent if a hire in the next month would come too late for it.
            if day < add_months(month, target.ramp_months + 1) or day - days < add_months(month, 1)
        ]
        quarter = date(month.year, (month.month - 1) // MONTHS_PER_QUARTER * 3 + 1, 1)
        missing = max(seen) - team - sum(found.values())
        found[month] = max(0, min(missing, most - hired[quarter]))
        hired[quarter] += found[month]
    return found


def plan(company: Organization, rows: list[Row]) -> dict[tuple[str, date, str], Figures]:
    """What each row must say, given its own accounts and ARR."""
    targets, settings = plan_targets(company), company.settings
    teams = Counter(company.csm_tiers.values())
    arr_today: dict[str, Fraction] = defaultdict(Fraction)
    for account_id, tier in company.investment_tiers.items():
        arr_today[tier] += company.arr(account_id)
    accounts_today = Counter(company.investment_tiers.values())
    need: dict[tuple[str, str], dict[date, int]] = defaultdict(dict)
    found: dict[tuple[str, date, str], Figures] = {}
    for row in rows:
        tier, month, scenario = row["investment_tier"], row["month"], row["scenario"]
        target = targets[tier]
        by_arr, by_accounts = needs_of(target, row["arr"], Fraction(str(row["accounts"])))
        today = max(needs_of(target, arr_today[tier], accounts_today[tier]))
        need[tier, scenario][month] = max(by_arr, by_accounts)
        found[tier, month, scenario] = {
            "role": target.role,
            "accounts_today": accounts_today[tier],
            "arr_today": arr_today[tier],
            "target_arr_per_csm": target.arr,
            "account_cap": target.cap,
            "required_csms_today": today,
            "required_by_arr": by_arr,
            "required_by_accounts": by_accounts,
            "required_csms": max(by_arr, by_accounts),
            "binding": _binding(by_arr, by_accounts),
            "annual_cost": target.cost,
            "cost_today": today * target.cost,
            "cost": max(by_arr, by_accounts) * target.cost,
            "all_cost_today": sum(
                max(needs_of(own, arr_today[name], accounts_today[name])) * own.cost
                for name, own in targets.items()
            ),
        }
    ahead = add_months(company.complete_months[-1], int(settings["manager_months_ahead"]))
    starts = {
        (tier, scenario): hires(company, targets[tier], own, teams[tier])
        for (tier, scenario), own in need.items()
    }
    for (tier, month, scenario), figures in found.items():
        started = starts[tier, scenario]
        count = teams[tier] + sum(hired for day, hired in started.items() if day <= month)
        together = {name: need[name, scenario] for name in targets}
        reasons = [
            reason
            for reason, holds in (
                ("tier", together[tier][ahead] >= settings["manager_tier_csms"]),
                (
                    "function",
                    sum(own[ahead] for own in together.values())
                    >= settings["manager_function_csms"],
                ),
            )
            if holds
        ]
        figures |= {
            "csm_count_today": teams[tier],
            "hires": started[month],
            "csm_count": count,
            "gap": figures["required_csms"] - count,
            "team_cost": count * figures["annual_cost"],
            "needs_manager": bool(reasons),
            "manager_reason": "_and_".join(reasons) or None,
            "all_required_csms": sum(own[month] for own in together.values()),
            "all_cost": sum(own[month] * targets[name].cost for name, own in together.items()),
        }
    return found


# --- what the ARR of a month is made of ---------------------------------------------------------


def acquired(company: Organization) -> dict[str, Figures]:
    """Accounts and ARR to win a month by tier: the plan, else the last twelve complete months."""
    since = company.complete_months[-MONTHS]
    tiers = {
        (row["account_id"], row["month"]): row["investment_tier"]
        for row in company.mart("fct_account_segments")
    }
    accounts: Counter[str] = Counter()
    arr: dict[str, Fraction] = defaultdict(Fraction)
    for row in company.monthly:
        won = Fraction(row["new_mrr"] + row["reactivation_mrr"])
        if row["is_complete_month"] and row["month"] >= since and won > 0:
            tier = tiers[row["account_id"], row["month"]]
            accounts[tier] += 1
            arr[tier] += MONTHS * won
    found: dict[str, Figures] = {}
    for row in read_policy("csm_plan_growth"):
        tier = row["investment_tier"]
        own = [key for key, name in company.investment_tiers.items() if name == tier]
        more, growth = number(row["account_growth"]), number(row["arr_growth"])
        whole = sum((company.arr(key) for key in own), Fraction(0))
        found[tier] = {
            "acquisition_source": RUN_RATE if growth is None else PLAN,
            "monthly_accounts": Fraction(
                accounts[tier] if more is None else more * len(own), MONTHS
            ),
            "monthly_arr": (arr[tier] if growth is None else growth * whole) / MONTHS,
        }
    return found


def months_ahead(company: Organization, month: date) -> Fraction:
    """Months from as_of_date to the end of a month; the open one as far as it has days left."""
    open_month = company.as_of.replace(day=1)
    days = (add_months(open_month, 1) - open_month).days
    whole = (month.year - open_month.year) * MONTHS + month.month - open_month.month
    return whole + Fraction(days - company.as_of.day, days)


def totals(company: Organization) -> dict[date, tuple[float, float]]:
    """ARR of all tiers by month: what forecast and run rate give, and what p50 has."""
    won = sum(row["monthly_arr"] for row in acquired(company).values())
    own: dict[date, Fraction] = defaultdict(Fraction)
    for row in company.mart("rpt_org_plan"):
        if row["scenario"] == "p50":
            own[row["month"]] += Fraction(row["arr"])
    return {
        row["forecast_month"]: (
            float(
                MONTHS * Fraction(row["p50"]) + months_ahead(company, row["forecast_month"]) * won
            ),
            float(own[row["forecast_month"]]),
        )
        for row in company.mart("fct_mrr_forecast")
        if row["touch_tier"] == "all"
    }


def bands(company: Organization) -> dict[tuple[str, int], Fraction]:
    """How far p10 and p90 lie from p50, as a share of today's, by tier and month ahead."""
    shares = {
        (row["touch_tier"], row["horizon"]): Fraction(row["total_p90"] - row["total_p50"])
        / Fraction(row["starting_mrr"])
        for row in company.mart("fct_mrr_forecast")
    }
    last = max(horizon for _, horizon in shares)
    found: dict[tuple[str, int], Fraction] = {}
    for tier in (row["tier"] for row in company.tiers):
        arr: dict[str, Fraction] = defaultdict(Fraction)
        for account_id, own in company.investment_tiers.items():
            if own == tier:
                arr[company.accounts[account_id]["touch_tier"]] += company.arr(account_id)
        for horizon in range(1, int(company.settings["plan_months"]) + 1):
            mean = sum(
                value * shares[touch, min(horizon, last)] for touch, value in arr.items()
            ) / sum(arr.values())
            found[tier, horizon] = mean * max(Fraction(horizon, last), 1)
    return found
