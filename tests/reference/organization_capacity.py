"""CSMs that the tiers need today, what serving them costs, and what the published tiers expect."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Any

from .organization import MONTHS, Number, Organization, add_months, number, range_verdict
from .raw import Row
from .rules import read_policy
from .segments import ICP_SIGNALS

TEN = 10
STRONG_FIT = "strong"
Figures = dict[str, Any]


def capacity_targets(company: Organization) -> dict[str, tuple[Fraction, int | None]]:
    """ARR of a CSM and account cap by tier: the middle of the stage's range, else of any stage."""
    targets: dict[str, Fraction] = {}
    for stage in ("any", company.company_stage):
        for row in read_policy("csm_capacity"):
            if row["stage"] == stage:
                low, high = number(row["target_arr_low"]), number(row["target_arr_high"])
                bounds = [bound for bound in (low, high) if bound is not None]
                targets[row["investment_tier"]] = sum(bounds, Fraction(0)) / len(bounds)
    caps = {
        row["investment_tier"]: int(row["account_cap"]) if row["account_cap"] else None
        for row in read_policy("csm_ramp")
    }
    return {tier: (target, caps[tier]) for tier, target in targets.items()}


def required(arr: Number, accounts: Number, target: Fraction, cap: int | None) -> int:
    """The larger of ARR ÷ target and accounts ÷ cap, each rounded up."""
    return max(ceil(arr / target), ceil(Fraction(accounts) / cap) if cap else 0)


def ramped(hired_on: date | None, day: date, half: Fraction, full: Fraction) -> float:
    """How far a CSM has ramped: linear to a half, and from there to the whole."""
    if hired_on is None:
        return 1.0
    whole = (day.year - hired_on.year) * MONTHS + day.month - hired_on.month
    whole -= day.day < hired_on.day
    start = add_months(hired_on.replace(day=1), whole)
    last = (add_months(start, 1) - start).days
    begun = start.replace(day=min(hired_on.day, last))
    after = add_months(start, 1)
    ended = after.replace(day=min(hired_on.day, (add_months(after, 1) - after).days))
    months = whole + Fraction((day - begun).days, (ended - begun).days)
    if months >= full:
        return 1.0
    if months >= half:
        return float(Fraction(1, 2) + (months - half) / (full - half) / 2)
    return float(months / half / 2)


def _investment(company: Organization, tier: Row, account_ids: list[str]) -> Figures:
    """Accounts under, within and over the tier's range, with their money."""
    low = number(tier["annual_investment_low"])
    high = number(tier["annual_investment_high"])
    found: Figures = {
        f"{status}_{figure}": 0
        for status in ("under", "within", "over")
        for figure in ("accounts", "cost")
    } | {"under_shortfall": Fraction(0), "over_excess": Fraction(0)}
    for account_id in account_ids:
        account = company.accounts[account_id]
        cost = account["cost_to_serve_12m"]
        is_new = account["tenure_months"] < company.settings["investment_verdict_months"]
        verdict = range_verdict(None if is_new or cost is None else Fraction(cost), low, high)
        if verdict is None:
            continue
        status = {"below_range": "under", "above": "over"}.get(verdict, verdict)
        found[f"{status}_accounts"] += 1
        found[f"{status}_cost"] += cost
        if status == "under" and low is not None:
            found["under_shortfall"] += low - Fraction(cost)
        if status == "over" and high is not None:
            found["over_excess"] += Fraction(cost) - high
    return found


def capacity(company: Organization) -> dict[str, Figures]:
    """What rpt_coverage_capacity must say, by investment tier."""
    targets = capacity_targets(company)
    ramps = {row["investment_tier"]: row for row in read_policy("csm_ramp")}
    hired = {row["member_id"]: row["hired_on"] for row in company.members}
    heads = Counter(company.csm_tiers.values())
    found = {}
    for tier in company.tiers:
        name = tier["tier"]
        target, cap = targets[name]
        figures: Figures = {"target_arr_per_csm": target, "account_cap": cap}
        for rule, tiers in (("arr", company.tiers_by_arr), ("rank", company.tiers_by_rank)):
            own = [account_id for account_id in company.paid if tiers[account_id] == name]
            arr = sum((company.arr(account_id) for account_id in own), Fraction(0))
            figures[f"accounts_by_{rule}"] = len(own)
            figures[f"required_csms_by_{rule}"] = required(arr, len(own), target, cap)
        own = [key for key in company.paid if company.investment_tiers[key] == name]
        arr = sum((company.arr(account_id) for account_id in own), Fraction(0))
        half, full = (Fraction(ramps[name][key]) for key in ("months_to_half", "months_to_full"))
        effective = sum(
            ramped(hired.get(csm), company.as_of, half, full)
            for csm, covered in company.csm_tiers.items()
            if covered == name
        )
        needed = required(arr, len(own), target, cap)
        buffer = 1 + company.settings["hire_buffer"]
        reasons = [
            reason
            for reason, holds in (
                ("arr", arr > effective * target * buffer),
                ("accounts", cap is not None and len(own) > effective * cap),
            )
            if holds
        ]
        found[name] = figures | {
            "accounts": len(own),
            "arr": arr,
            "required_csms": needed,
            "csm_count": heads[name],
            "effective_csm_count": effective,
            "gap": needed - effective,
            "should_hire": bool(reasons),
            "hire_reason": "_and_".join(reasons) or None,
            "should_add_manager": heads[name] >= company.settings["manager_tier_csms"]
            or sum(heads.values()) >= company.settings["manager_function_csms"],
            "coverage": tier["coverage"],
            **_investment(company, tier, own),
        }
    return found


# --- segments -----------------------------------------------------------------------------------


def _assessments(company: Organization) -> dict[str, list[Row]]:
    """Of each account, the latest first."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in company.raw["crm_icp_assessments"]:
        if row["assessed_on"] <= company.as_of:
            found[row["account_id"]].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: row["assessed_on"], reverse=True)
    return found


def icp_fit(rows: list[Row]) -> Fraction | None:
    """10 × weights of the signals that hold ÷ weights of those assessed, as last assessed."""
    weights = {row["signal"]: Fraction(row["weight"]) for row in read_policy("icp_weights")}
    for row in rows:
        known = {
            signal: row[column] for signal, column in ICP_SIGNALS.items() if row[column] is not None
        }
        whole = sum((weights[signal] for signal in known), Fraction(0))
        if whole:
            return TEN * sum(weights[s] for s, holds in known.items() if holds) / whole
    return None


def upgrade_candidates(company: Organization) -> set[str]:
    """Accounts that pay, fit well, have a tier above their own and room to grow."""
    bands = {row["fit"]: Fraction(row["min_score"]) for row in read_policy("icp_fit_bands")}
    accounts = {row["account_id"]: row for row in company.raw["crm_accounts"]}
    assessments = _assessments(company)
    found = set()
    for account_id, tier in company.investment_tiers.items():
        rows = assessments.get(account_id, [])
        fit = icp_fit(rows)
        has_room = accounts[account_id]["growth_potential"] == "high" or (
            rows != [] and rows[0]["expansion_potential_high"] is True
        )
        if (
            fit is not None
            and fit >= bands[STRONG_FIT]
            and has_room
            and tier != company.tiers[0]["tier"]
        ):
            found.add(account_id)
    return found


def segments(company: Organization) -> dict[tuple[str, str], Figures]:
    """What rpt_segment_performance must say of touch tiers and investment tiers."""
    candidates = upgrade_candidates(company)
    published = {row["tier"]: row for row in company.tiers}
    targets = {row["touch_tier"]: row for row in read_policy("coverage_targets")}
    touch = {key: company.accounts[key]["touch_tier"] for key in company.paid}
    found = {}
    for scheme, names, tiers in (
        ("touch_tier", list(targets), touch),
        ("investment_tier", list(published), company.investment_tiers),
    ):
        for name in names:
            own = [account_id for account_id in company.paid if tiers[account_id] == name]
            arr = sum((company.arr(account_id) for account_id in own), Fraction(0))
            costs = [company.accounts[key]["cost_to_serve_12m"] for key in own]
            cost = sum((Fraction(value) for value in costs if value is not None), Fraction(0))
            target = targets.get(name, {}) if scheme == "touch_tier" else {}
            low, high = (number(target.get(f"cost_to_serve_{end}")) for end in ("low", "high"))
            share = published.get(name, {}) if scheme == "investment_tier" else {}
            chosen = candidates & set(own)
            found[scheme, name] = {
                "accounts": len(own),
                "arr": arr,
                "share_of_accounts": Fraction(len(own), len(company.paid)),
                "share_of_arr": arr / sum(company.arr(key) for key in company.paid),
                "published_share_low": number(share.get("published_share_low")),
                "published_share_high": number(share.get("published_share_high")),
                "upgrade_candidates": len(chosen),
                "upgrade_candidate_arr": sum(company.arr(key) for key in chosen),
                "cost_to_serve_rate": cost / arr if arr else None,
                "cost_target_low": low,
                "cost_target_high": high,
                "cost_verdict": range_verdict(cost / arr if arr else None, low, high),
            }
    return found
