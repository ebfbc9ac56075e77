"""Rows of the billing system: subscriptions, items, pauses, terms, invoices, rates, plans."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .book import Book, Item, Subscription
from .catalogue import PLANS, interval_months
from .life import Life, latent
from .population import Account
from .streams import Draw
from .timeline import Timeline, add_months

Add = Callable[..., None]

RATES = {"EUR": 1.085, "GBP": 1.27}
"""First rate of each foreign currency, in USD."""


def write_plans(add: Add) -> None:
    """Rows of billing_plans."""
    for plan_id, name, product, rank in PLANS:
        add("billing_plans", plan_id, name, product, rank)


def write_rates(add: Add, seed: int, timeline: Timeline) -> None:
    """Rows of billing_exchange_rates: one per month and currency, on the first of the month.

    They begin six months before the founding. Rates return to their level. USD has no row.
    """
    draw = Draw(seed, "rates")
    month = add_months(timeline.founded_day, -6)
    drift = {currency: 0.0 for currency in RATES}
    while month <= timeline.end_day:
        for currency, level in RATES.items():
            drift[currency] = 0.88 * drift[currency] + draw.normal(0, 0.013)
            add(
                "billing_exchange_rates",
                month,
                currency,
                round(level * float(np.exp(drift[currency])), 4),
            )
        month = add_months(month, 1)


def _status(account: Account, sub: Subscription, end_day: int, late: bool) -> str:
    if sub.end is not None and sub.end <= end_day:
        return "canceled" if sub.notice is not None else "expired"
    if sub.trial_end is not None and sub.trial_end > end_day:
        return "trialing"
    if any(start <= end_day and (end is None or end > end_day) for start, end in sub.pauses):
        return "paused"
    return "past_due" if late else "active"


def write_contract_rows(
    add: Add, account: Account, book: Book, seed: int, timeline: Timeline, late: bool
) -> None:
    """Rows of one account's subscriptions, items, pauses and terms.

    `late`: an invoice of the account is past due at the end.
    """
    draw = Draw(seed, "billing rows", account.number)
    end_day, months = timeline.end_day, interval_months(account)
    for sub in book.subscriptions:
        status = _status(account, sub, end_day, late)
        seats = sum(int(i.line.quantity) for i in sub.items if i.line.unit == "seat")
        last = min(end_day, (sub.end or end_day + 1) - 1)
        monthly = sub.amount
        if monthly is None and draw.chance(0.5):
            monthly = round(sub.per_interval(last) / months, 2)
        on_trial = account.kind == "trial_only" or (sub.trial_end is not None and draw.chance(0.5))
        add(
            "billing_subscriptions",
            sub.subscription_id,
            account.account_id,
            sub.start,
            sub.end,
            sub.notice,
            status if draw.chance(0.95) else None,
            on_trial if sub.trial_end is not None or draw.chance(0.8) else None,
            sub.trial_end,
            sub.plan,
            sub.amount_seats if sub.amount is not None else (seats or None),
            monthly,
            account.currency,
            sub.term_months,
            sub.renews,
            sub.auto_renew if sub.term_months and sub.term_months > 1 else None,
        )
        for item in sub.items:
            _write_item(add, account, sub, item)
        for start, end in sub.pauses:
            add("billing_subscription_pauses", sub.subscription_id, start, end)
        for start, end, signed, renews in sub.terms:
            add("billing_contract_terms", sub.subscription_id, start, end, renews, signed)


def _write_item(add: Add, account: Account, sub: Subscription, item: Item) -> None:
    deal = account.deal
    for place, row in enumerate(item.rows):
        line, end = row.line, row.end
        if end is None and place == len(item.rows) - 1 and deal.closes_rows:
            end = sub.end
        plain_usd = account.currency == "USD" and account.number % 3 == 0
        add(
            "billing_subscription_items",
            sub.subscription_id,
            item.item_id,
            line.product,
            line.plan,
            row.start,
            end,
            line.quantity,
            line.price,
            line.discount_percent or None,
            True if line.temporary else None,
            deal.interval,
            None if deal.interval_count == 1 and account.number % 2 else deal.interval_count,
            line.discount_amount or None,
            None if line.unit == "seat" and account.number % 5 == 0 else line.unit,
            None if plain_usd else account.currency,
        )


def _billing_days(account: Account, sub: Subscription, end_day: int) -> list[int]:
    """Days of a subscription's invoices. Weekly subscriptions have one every four weeks."""
    start = max(sub.start, sub.trial_end or 0)
    stop = min(end_day + 1, sub.end if sub.end is not None else end_day + 1)
    days, step = [], 0
    while True:
        if account.deal.interval == "week":
            day = start + 28 * step
        else:
            day = add_months(start, int(interval_months(account)) * step)
        if day >= stop:
            return days
        if not any(a <= day and (b is None or day < b) for a, b in sub.pauses):
            days.append(day)
        step += 1


def write_invoices(
    add: Add, account: Account, book: Book, life: Life, seed: int, timeline: Timeline
) -> bool:
    """Invoices of one account. Returns whether one is past due at the end.

    Earlier invoices than the records stayed in the accounts that the company had before.
    """
    draw = Draw(seed, "invoices", account.number)
    end_day, number, overdue = timeline.end_day, 0, False
    terms = {"smb": 14, "mid": 30, "enterprise": 45}[account.segment]
    careless = draw.chance(0.10)
    for sub in book.subscriptions:
        if account.kind == "trial_only":
            continue
        for day in _billing_days(account, sub, end_day):
            scale = 4 if account.deal.interval == "week" else 1
            amount = (
                sub.amount * interval_months(account) * scale
                if (sub.amount is not None)
                else sub.per_interval(day) * scale
            )
            if amount <= 0 or day < timeline.first_day:
                continue
            number += 1
            mood = latent(life.satisfaction, timeline, day)
            lateness = draw.normal(-5 - 3 * mood + (14 if careless else 0), 6)
            if draw.chance(0.03 + 0.04 * max(0.0, -mood)):
                lateness += draw.uniform(12, 75)
            never = draw.chance(0.018 if sub.end is not None and sub.end - day < 70 else 0.0015)
            due = day + terms
            paid = max(day, due + round(lateness))
            waits = never or paid > end_day
            status, amount_paid = "paid", round(amount, 2)
            if waits:
                status = "uncollectible" if never and due < end_day - 150 else "open"
                amount_paid = None
                overdue = overdue or (status == "open" and due < end_day)
            if draw.chance(0.004):  # raised in error and withdrawn
                add(
                    "billing_invoices",
                    f"inv_{account.number:05d}_{number:03d}v",
                    account.account_id,
                    day,
                    due,
                    None,
                    round(amount, 2),
                    None,
                    account.currency,
                    "void",
                )
            add(
                "billing_invoices",
                f"inv_{account.number:05d}_{number:03d}",
                account.account_id,
                day,
                due,
                None if waits else paid,
                round(amount, 2),
                amount_paid,
                account.currency,
                status if draw.chance(0.97) else None,
            )
    return overdue
