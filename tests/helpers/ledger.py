"""MRR by month as steps, to compare a ledger with figures worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping

from connected import Connected


def months_from(first: str, last: str) -> list[str]:
    """The months from one to another, as texts such as 2024-01."""
    year, month = (int(part) for part in first.split("-"))
    months = []
    while f"{year:04d}-{month:02d}" <= last:
        months.append(f"{year:04d}-{month:02d}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return months


def by_month(steps: Mapping[str, float], last: str) -> dict[str, float]:
    """MRR of each month up to the last from the months in which it changes, without months at 0."""
    found, amount = {}, 0.0
    for month in months_from(min(steps), last):
        amount = steps.get(month, amount)
        if amount:
            found[month] = round(amount, 2)
    return found


def closing_mrr(company: Connected, account_id: str) -> dict[str, float]:
    """MRR of an account at the end of each closed month, without months at 0."""
    rows = company.rows(
        "select strftime(month, '%Y-%m'), closing_mrr from marts.fct_mrr_monthly"
        f" where account_id = '{account_id}' and closing_mrr > 0 and month < date '2025-07-01'"
        " order by month"
    )
    return {month: float(amount) for month, amount in rows}
