"""Contracts in force: what stands on a day, whether or not anything is paid for it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from .lines import NO_PRODUCT, ZERO, Line

if TYPE_CHECKING:
    from .mrr import Company


def _begins(line: Line) -> date:
    return max(line.starts, line.bills_from)


def in_service(company: Company, account_id: str, day: date) -> list[str]:
    """The account's subscriptions that have started, are past their trial and have not ended."""
    if company.is_delinquent(account_id, day):
        return []
    return [
        subscription_id
        for subscription_id, begins, ends in company.services.get(account_id, [])
        if begins <= day < ends
    ]


def has_contract(company: Company, account_id: str, day: date) -> bool:
    """Whether any subscription is in service; an account out for late payment has none."""
    return bool(in_service(company, account_id, day))


def free_products(company: Company, account_id: str, day: date) -> set[str]:
    """Products that stand at 0: by lines of nothing, or by the last lines where none runs."""
    amounts: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for subscription_id in in_service(company, account_id, day):
        own = [
            line
            for line in company.account_lines.get(account_id, [])
            if line.subscription_id == subscription_id and _begins(line) < line.ends
        ]
        running = [line for line in own if _begins(line) <= day < line.ends]
        for line in running:
            amounts[line.product_id] += company.contracted_amount(line)
        if not running:
            over = [line for line in own if line.ends <= day]
            latest = max((line.ends for line in over), default=None)
            products = {line.product_id for line in over if line.ends == latest}
            for product in products or {NO_PRODUCT}:
                amounts[product] += ZERO
    return {product for product, amount in amounts.items() if amount == 0}


def is_free(company: Company, account_id: str, day: date) -> bool:
    """Whether the account is at 0 under a contract in force, and no pause holds anything back."""
    holdings = company.holdings(account_id, day)
    amount = sum((holding.contracted for holding in holdings), ZERO)
    return has_contract(company, account_id, day) and amount == 0
