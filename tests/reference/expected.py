"""What the marts must hold for a company, and how far they are from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from .accounts import accounts
from .customers import Customers
from .expected_health import expected_health
from .health import ACTIVE_SCHEME
from .leakage import COHORT, CONTRACTION, contraction_leaks
from .lines import add_months
from .movements import arr_tier, monthly, movements
from .mrr import Company
from .retention import (
    TIERS,
    Retention,
    bases,
    churns,
    cohorts,
    label,
    rating,
    retention,
    target,
    verdict,
)
from .tables import TABLES, USAGE_TABLES
from .validation import validation

Key = tuple[Any, ...]
Mart = dict[Key, dict[str, Any]]
Rows = Iterable[Mapping[str, Any]]

KEYS = {
    "fct_mrr_monthly": ("account_id", "month"),
    "fct_mrr_movements": ("account_id", "month", "movement_type", "driver", "product_id"),
    "fct_retention": ("window_months", "month", "segment_type", "segment"),
    "fct_retention_bases": ("window_months", "month", "account_id"),
    "fct_cohort_retention": ("cohort_grain", "cohort", "segment_type", "segment", "age_months"),
    "fct_churn_events": ("account_id", "churned_month"),
    "fct_account_segments": ("account_id", "month"),
    "fct_health_metrics": ("snapshot_date", "account_id", "metric"),
    "fct_health_components": ("snapshot_date", "account_id", "scheme", "component"),
    "fct_health_scores": ("snapshot_date", "account_id", "scheme"),
    "fct_health_drivers": ("snapshot_date", "account_id", "metric"),
    "rpt_health_validation": ("scheme", "touch_tier", "horizon_days"),
    # Of the leaks, contraction alone, and not of cohorts, whose causes are cut off.
    "rpt_leakage_points": ("quarter", "segment_type", "segment", "tier", "driver"),
    # Of the accounts, those that pay alone.
    "dim_accounts": ("account_id",),
    # Held to the laws alone.
    "rpt_scorecard_history": ("figure", "month", "touch_tier"),
    "fct_segment_transitions": ("account_id", "month", "scheme"),
    "fct_usage_monthly": ("account_id", "month"),
    "fct_leading_indicators": ("snapshot_date", "account_id", "indicator"),
    "fct_activities": ("activity_id",),
    "fct_success_objectives": ("objective_id",),
    "fct_expansion_signals": ("snapshot_date", "account_id", "signal"),
    "fct_playbook_triggers": ("trigger_id",),
    "fct_playbook_tasks": ("trigger_id", "step"),
    "fct_account_events": ("event_id",),
    "dq_reconciliation": ("table",),
    "dq_rejected_rows": ("table", "reason"),
}
RATE_TOLERANCE = 1e-9
JUDGED = ("grr_verdict", "nrr_verdict", "logo_verdict", "grr_rating", "nrr_rating")
TARGETS = (
    "grr_target",
    "nrr_target",
    "logo_target",
    "grr_acceptable",
    "nrr_acceptable",
    "logo_acceptable",
    "verdict_source",
)


def _monthly(customers: Customers) -> Mart:
    return {
        (row.account_id, row.month): {
            "opening_mrr": row.opening,
            "new_mrr": row.moved("new"),
            "reactivation_mrr": row.moved("reactivation"),
            "expansion_mrr": row.moved("expansion"),
            "contraction_mrr": row.moved("contraction"),
            "churn_mrr": row.moved("churn"),
            "closing_mrr": row.closing,
            "reported_closing_mrr": row.reported,
            "arr": 12 * row.closing,
            "seats": row.seats,
            "arr_tier": arr_tier(row.closing) if row.closing else None,
            "is_active": row.closing > 0,
            "is_complete_month": row.is_complete,
        }
        for row in monthly(customers.company)
    }


def _judged(base: Retention, kind: str, segment: str) -> dict[str, str | None]:
    return dict(
        zip(
            JUDGED,
            (
                verdict("grr", base.grr, kind, segment),
                verdict("nrr", base.nrr, kind, segment),
                verdict("logo", base.logo, kind, segment),
                rating("grr", base.grr),
                rating("nrr", base.nrr),
            ),
            strict=True,
        )
    )


def _targets(kind: str, segment: str) -> dict[str, float | str | None]:
    bounds = [target(figure, kind, segment) for figure in ("grr", "nrr", "logo")]
    source = "benchmarks" if kind in TIERS else "stage_thresholds"
    healthy = [None if found is None else found[0] for found in bounds]
    acceptable = [None if found is None else found[1] for found in bounds]
    return dict(zip(TARGETS, (*healthy, *acceptable, source), strict=True))


def _retention(customers: Customers) -> Mart:
    mart = {}
    for key, base in retention(customers.company, customers.tiers).items():
        is_judged = key[0] == 12 and not base.is_small_sample
        mart[key] = {
            "segment_label": label(customers.company, *key[2:]),
            "starting_mrr": base.starting,
            "churn_mrr": base.churn,
            "contraction_mrr": base.contraction,
            "expansion_mrr": base.expansion,
            "ending_mrr": base.ending,
            "grr": base.grr,
            "nrr": base.nrr,
            "logo_retention": base.logo,
            "starting_accounts": base.starting_accounts,
            "retained_accounts": base.retained_accounts,
            "paused_accounts": base.paused_accounts,
            "is_small_sample": base.is_small_sample,
            **(_judged(base, *key[2:]) if is_judged else dict.fromkeys(JUDGED)),
            **(_targets(*key[2:]) if key[0] == 12 else dict.fromkeys(TARGETS)),
            "is_leaky_bucket": base.is_leaky if is_judged else None,
        }
    return mart


def _bases(customers: Customers) -> Mart:
    return {
        (window, month, account_id): {
            "start_month": add_months(month, -window),
            "starting_mrr": member.start,
            "retained_mrr": min(member.start, member.end),
            "ending_mrr": member.end,
            "is_retained": member.end > 0,
            "is_paused_at_end": member.is_paused,
            "arr_tier_at_start": segments["arr_tier"],
            "touch_tier_at_start": segments["touch_tier"],
            "investment_tier_at_start": segments["investment_tier"],
            "csm_id_at_start": segments["csm"],
            "plan_at_start": segments["plan"],
            "industry": segments["industry"],
            "region": segments["region"],
            "cohort_quarter": segments["cohort_quarter"],
        }
        for (window, month, account_id), (member, segments) in bases(
            customers.company, customers.tiers
        ).items()
    }


def _cohorts(customers: Customers) -> Mart:
    return {
        key: {
            "cohort_accounts": base.starting_accounts,
            "cohort_mrr": base.starting,
            "retained_accounts": base.retained_accounts,
            "retained_mrr": base.ending,
            "logo_retention": base.logo,
            "grr": base.grr,
            "nrr": base.nrr,
            "is_small_sample": base.is_small_sample,
        }
        for key, base in cohorts(customers.company, customers.tiers).items()
    }


def _churns(customers: Customers) -> Mart:
    mart = {}
    for key, churn in churns(customers.company).items():
        account_id, _ = key
        day_before = churn.churned_on - timedelta(days=1)
        quarter_before = churn.churned_on - timedelta(days=90)
        mart[key] = {
            "churned_mrr": churn.churned_mrr,
            "churned_on": churn.churned_on,
            "tenure_months": churn.tenure_months,
            "is_opening_account": churn.is_opening,
            "ledger_month": add_months(churn.last_month, 1),
            "is_reactivated_later": churn.is_reactivated_later,
            "touch_tier": customers.touch[account_id, churn.last_month].tier,
            "health_score_at_churn": customers.health_before(account_id, day_before, ACTIVE_SCHEME),
            "health_score_90d_before": customers.health_before(
                account_id, quarter_before, ACTIVE_SCHEME
            ),
        }
    return mart


def _validation(customers: Customers) -> Mart:
    mart = {}
    for key, (measured, is_best) in validation(customers).items():
        mart[key] = {
            "observations": measured.observations,
            "churns": measured.churns,
            "auc": None if measured.auc is None else float(measured.auc),
            "worst_decile_lift": None if measured.lift is None else float(measured.lift),
            "verdict": measured.verdict,
            "is_active_scheme": key[0] == ACTIVE_SCHEME,
            "is_best": is_best,
        }
    return mart


def _leaks(customers: Customers) -> Mart:
    return {
        key: {"lost_mrr": lost_mrr, "accounts": accounts}
        for key, (lost_mrr, accounts) in contraction_leaks(
            customers.company, customers.tiers
        ).items()
    }


def _reconciliation(company: Company) -> Mart:
    accepted = company.accepted
    rejected: Counter[str] = Counter()
    for (table, _), count in accepted.rejected.items():
        rejected[table] += count
    return {
        (table.name,): {
            "raw_rows": accepted.raw_rows[table.name],
            "accepted_rows": accepted.accepted_rows[table.name],
            "duplicate_rows": accepted.duplicates[table.name],
            "rejected_rows": rejected[table.name],
            "not_taken_rows": 0,
            "difference": 0,
        }
        for table in (*TABLES, *USAGE_TABLES)
    }


def expected(company: Company) -> dict[str, Mart]:
    """Every mart that the reference knows."""
    customers = Customers(company)
    return {
        "fct_mrr_monthly": _monthly(customers),
        "fct_mrr_movements": {
            key: {"amount": amount} for key, amount in movements(company).items()
        },
        "fct_retention": _retention(customers),
        "fct_retention_bases": _bases(customers),
        "fct_cohort_retention": _cohorts(customers),
        "fct_churn_events": _churns(customers),
        **expected_health(customers),
        "rpt_health_validation": _validation(customers),
        "rpt_leakage_points": _leaks(customers),
        "dim_accounts": dict(accounts(customers)),
        "dq_reconciliation": _reconciliation(company),
        "dq_rejected_rows": {
            key: {"rows": count} for key, count in company.accepted.rejected.items()
        },
    }


def _kind(reason: str) -> str:
    """A reason without the column at fault, which is open where several are; an orphan keeps it."""
    return reason if reason.startswith("orphan") else reason.partition(":")[0]


def in_scope(mart: str, rows: Rows) -> list[dict[str, Any]]:
    """The rows of a mart, with the columns of its key."""
    scoped: list[dict[str, Any]] = []
    counts: Counter[Key] = Counter()
    for row in rows:
        if mart == "rpt_leakage_points" and (
            row["reason_category"] != CONTRACTION or row["segment_type"] == COHORT
        ):
            continue
        if mart == "dim_accounts" and not row["mrr"]:
            continue
        if mart.startswith("dq_"):
            table = f"{row['source_system']}_{row['table_name']}"
            if mart == "dq_rejected_rows":
                counts[table, _kind(row["reason"])] += 1
            else:
                scoped.append({**row, "table": table})
        else:
            scoped.append(dict(row))
    return scoped + [
        {"table": table, "reason": reason, "rows": count}
        for (table, reason), count in counts.items()
    ]


def is_same(wanted: Any, found: Any) -> bool:
    """Equal; a fraction but for the noise of doubles."""
    if wanted is None or found is None:
        return wanted is found
    if isinstance(wanted, float):
        return abs(wanted - float(found)) <= RATE_TOLERANCE
    if isinstance(wanted, Decimal):
        return isinstance(found, Decimal) and wanted == found
    return bool(wanted == found)


def differences(mart: str, wanted: Mart, rows: Rows) -> list[str]:
    """Every row and value in which a mart is not what the reference says."""
    found: Mart = {}
    problems = []
    for row in in_scope(mart, rows):
        key = tuple(row[column] for column in KEYS[mart])
        if key in found:
            problems.append(f"{mart}: twice {key}")
        found[key] = row
    problems += [f"{mart}: missing {key} {wanted[key]}" for key in wanted.keys() - found.keys()]
    problems += [f"{mart}: unexpected {key} {found[key]}" for key in found.keys() - wanted.keys()]
    for key in wanted.keys() & found.keys():
        problems += [
            f"{mart}: {key} {column} is {found[key][column]!r}, not {value!r}"
            for column, value in wanted[key].items()
            if not is_same(value, found[key][column])
        ]
    return sorted(problems)


def all_differences(company: Company, marts: Mapping[str, Rows]) -> list[str]:
    """The differences of all marts, those nearest to the raw rows first."""
    wanted = expected(company)
    problems = []
    for mart in ("dq_reconciliation", "dq_rejected_rows", *wanted):
        if mart in marts and mart in wanted:
            problems += differences(mart, wanted.pop(mart), marts[mart])
    return problems
