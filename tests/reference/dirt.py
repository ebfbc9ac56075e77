"""Dirty rows: what stands in the extracts of real companies, one of every kind."""

from __future__ import annotations

# What spoils a row: the table, and what it then reads. `None` copies the row as it stands.
DIRT: tuple[tuple[str, dict[str, str] | None], ...] = (
    ("crm_accounts", None),
    ("crm_accounts", {"account_name": " "}),
    ("crm_accounts", {"created_at": "yesterday"}),
    (
        "crm_accounts",
        {"created_at": "2025-01-01 00:30:00+02", "account_name": "0", "region": "moved"},
    ),
    ("billing_subscriptions", None),
    ("billing_subscriptions", {"started_on": "2025-02-30"}),
    ("billing_subscriptions", {"started_on": "1989-12-31"}),
    ("billing_subscriptions", {"started_on": "2036-07-06"}),
    ("billing_subscriptions", {"account_id": "nobody"}),
    ("billing_subscriptions", {"ended_on": "2001-01-01"}),
    ("billing_subscriptions", {"mrr_amount": "-0.01"}),
    ("billing_subscriptions", {"mrr_amount": "5", "currency": "XAU"}),
    ("billing_subscriptions", {"mrr_amount": "", "currency": "XAU"}),
    ("billing_subscriptions", {"status": "expired", "ended_on": ""}),
    ("billing_subscriptions", {"status": "asleep", "seats": "many", "is_trial": "maybe"}),
    (
        "billing_subscriptions",
        {"started_on": "2025-02-28T23:59:00-05:00", "ended_on": "", "status": ""},
    ),
    ("billing_subscription_items", None),
    ("billing_subscription_items", {"quantity": ""}),
    ("billing_subscription_items", {"quantity": "1,5"}),
    ("billing_subscription_items", {"billing_interval": "fortnight"}),
    ("billing_subscription_items", {"subscription_id": "nothing"}),
    ("billing_subscription_items", {"effective_to": "2001-01-01"}),
    ("billing_subscription_items", {"discount_amount": "999999"}),
    ("billing_subscription_items", {"currency": "XAU"}),
    ("billing_subscription_items", {"unit_amount": "8"}),
    ("billing_subscription_items", {"unit": "crate", "discount_percent": "ten"}),
    ("billing_subscription_items", {"effective_from": "2025-05-20"}),
    ("billing_subscription_pauses", None),
    ("billing_subscription_pauses", {"resumed_on": "2001-01-01"}),
    ("billing_subscription_pauses", {"paused_from": "2025-10-10"}),
    ("billing_invoices", {"amount_due": "much"}),
    ("billing_exchange_rates", {"rate_to_reporting": ""}),
    ("billing_exchange_rates", None),
    ("billing_plans", {"plan_rank": "9"}),
    ("crm_team_members", {"role": "wizard"}),
    ("crm_account_assignments", {"account_id": "nobody"}),
)
