"""The dates on which customers are looked at, and who pays on them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from .lines import add_months, month_of
from .mrr import Company, counted

SUNDAY = 7


def month_ends(company: Company) -> list[date]:
    """The last day of every complete month."""
    return [company.snapshot_day(month) for month in company.months if company.is_complete(month)]


def snapshot_dates(company: Company) -> list[date]:
    """Month-ends of the history, Sundays since the quarter before as_of's, and as_of."""
    if not company.months:
        return []
    as_of = company.as_of
    quarter = add_months(month_of(as_of), -((as_of.month - 1) % 3))
    since = max(add_months(quarter, -3), company.months[0])
    days = [since + timedelta(days=count) for count in range((as_of - since).days + 1)]
    sundays = [day for day in days if day.isoweekday() == SUNDAY]
    return sorted({*month_ends(company), *sundays, as_of})


def segment_month(company: Company, day: date) -> date | None:
    """The latest month whose snapshot is not after the day."""
    months = [month for month in company.months if company.snapshot_day(month) <= day]
    return max(months, default=None)


def month_end_before(company: Company, day: date, days: int) -> date | None:
    """The last month-end at least so many days before."""
    latest = day - timedelta(days=days)
    return max((end for end in month_ends(company) if end <= latest), default=None)


def payers(company: Company, day: date) -> dict[str, Decimal]:
    """The accounts that pay on a day, with their MRR."""
    amounts = {
        account_id: counted(company.holdings(account_id, day))
        for account_id in sorted(company.account_lines)
    }
    return {account_id: mrr for account_id, mrr in amounts.items() if mrr > 0}
