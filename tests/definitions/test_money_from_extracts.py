"""Amounts of the demo's marts, derived again from its extracts or its ledger."""

from collections import Counter, defaultdict
from datetime import date
from typing import Any

import pytest
from reference.lines import add_months, to_cents
from reference.mrr import Company
from reference.rules import read_policy
from reference.warehouse import DEMO, fetch

Rows = dict[Any, dict[str, Any]]


@pytest.fixture(scope="module")
def company(marts) -> Company:
    as_of, fx_rate_on = marts.execute(
        "select as_of_date, fx_rate_on from intermediate.int_run_context"
    ).fetchone()
    return Company.read(DEMO, as_of, date.today(), fx_rate_on=fx_rate_on)


def by_key(marts, mart: str, key: str) -> Rows:
    return {row[key]: row for row in fetch(marts, [mart])[mart]}


def a_year_on(day: date) -> date:
    """The same day a year later, in a month without it the last one."""
    later = add_months(day, 12)
    try:
        return later.replace(day=day.day)
    except ValueError:
        return later.replace(day=28)


def test_lifetime_values_follow_from_the_ledger(marts):
    """The losses of fct_mrr_monthly in a year, by the tier of fct_account_segments before it."""
    policy = {row["setting"]: float(row["value"]) for row in read_policy("finance")}
    as_of, last = marts.execute(
        "select as_of_date, last_complete_month from intermediate.int_run_context"
    ).fetchone()
    start = add_months(last, -12)
    ledger = {
        (row["account_id"], row["month"]): row["closing_mrr"]
        for row in fetch(marts, ["fct_mrr_monthly"])["fct_mrr_monthly"]
    }
    tier_of = {
        (row["account_id"], row["month"]): row["touch_tier"]
        for row in fetch(marts, ["fct_account_segments"])["fct_account_segments"]
    }
    starting: dict[str, float] = defaultdict(float)
    lost: dict[str, float] = defaultdict(float)
    accounts: Counter[str] = Counter()
    for (account_id, month), mrr in ledger.items():
        if month != start or not mrr:
            continue
        end = ledger.get((account_id, last), 0)
        for tier in (tier_of[account_id, start], "all"):
            accounts[tier] += 1
            starting[tier] += float(mrr)
            lost[tier] += float(max(mrr - end, 0))
    of_company, prior = lost["all"] / starting["all"], policy["lifetime_prior_accounts"]
    valued = capped = 0
    for account_id, row in by_key(marts, "dim_accounts", "account_id").items():
        if not row["mrr"] or row["notice_given_on"]:
            assert row["ltv"] is None, account_id
            continue
        tier = tier_of[account_id, as_of.replace(day=1)]
        own = lost[tier] / starting[tier]
        loss = (accounts[tier] * own + prior * of_company) / (accounts[tier] + prior)
        years = min(1 / loss, policy["lifetime_max_years"])
        assert row["lifetime_years"] == pytest.approx(years, abs=1e-7), account_id
        assert row["is_capped"] == (1 / loss > policy["lifetime_max_years"]), account_id
        worth = float(row["arr"]) * policy["gross_margin"] * years
        assert float(row["ltv"]) == pytest.approx(worth, rel=1e-7, abs=0.01), account_id
        valued, capped = valued + 1, capped + row["is_capped"]
    assert 0 < capped < valued


def test_value_is_what_a_year_achieved(marts, company):
    as_of, wanted = company.as_of, defaultdict(lambda: [0, 0, 0.0, 0.0, False, False])
    for row in company.accepted.rows["crm_success_objectives"]:
        if row["created_on"] > as_of:
            continue
        found = wanted[row["account_id"]]
        is_due = row["due_on"] is not None and row["due_on"] <= as_of
        is_achieved = row["achieved_on"] is not None and row["achieved_on"] <= as_of
        ended = row["achieved_on"] if is_achieved else row["due_on"] if is_due else None
        is_alive = ended is not None and as_of < a_year_on(ended)
        value = row["value_amount"]
        found[0] += is_due
        found[1] += is_due and is_alive and value is not None
        found[4] |= value is not None
        found[5] |= value is not None and row["is_customer_validated"] is not None
        if is_alive and is_achieved:
            found[2] += float(value or 0)
            found[3] += float(value or 0) if row["is_customer_validated"] else 0
    judged = 0
    for account_id, row in by_key(marts, "rpt_value_realization", "account_id").items():
        due, due_alive, value, validated, is_stated, is_confirmed = wanted[account_id]
        cost = float(row["cost"])
        assert (row["due"], row["due_in_force"]) == (due, due_alive), account_id
        assert row["value_amount"] == (to_cents(value) if is_stated else None), account_id
        assert row["validated_value"] == (to_cents(validated) if is_confirmed else None)
        if not due_alive:
            assert row["roi"] is None, account_id
            assert row["validated_roi"] is None, account_id
            continue
        judged += 1
        assert row["roi"] == pytest.approx((value - cost) / cost), account_id
        assert (row["validated_roi"] is None) == (not is_confirmed), account_id
    assert judged > 20


def test_invoices_add_up_in_the_reporting_currency(marts, company):
    found = by_key(marts, "fct_invoices", "invoice_id")
    reporting = company.accepted.reporting_currency
    issued = {
        row["invoice_id"]: row
        for row in company.accepted.rows["billing_invoices"]
        if row["issued_on"] <= company.as_of
    }
    assert found.keys() == issued.keys()
    for invoice_id, row in found.items():
        raw = issued[invoice_id]
        currency = (raw["currency"] or reporting).upper()
        rate = company.rate(currency, company.fx_rate_on)
        assert (row["currency"], row["reporting_currency"]) == (currency, reporting), invoice_id
        assert row["billed_amount_due"] == to_cents(raw["amount_due"]), invoice_id
        assert row["amount_due"] == to_cents(raw["amount_due"] * rate), invoice_id
    assert len({row["currency"] for row in found.values()}) == 3


def test_a_ticket_costs_what_is_stated_or_the_policys_amount(marts, company):
    settings = {row["setting"]: row["value"] for row in read_policy("coverage_settings")}
    raw = {row["ticket_id"]: row for row in company.accepted.rows["support_tickets"]}
    stated = 0
    for ticket_id, row in by_key(marts, "fct_tickets", "ticket_id").items():
        ticket = raw[ticket_id]
        is_solved = ticket["solved_at"] is not None and ticket["solved_at"].date() <= company.as_of
        cost = ticket["handling_cost"] if is_solved else None
        assert row["is_cost_stated"] == (cost is not None), ticket_id
        wanted = float(settings["ticket_cost"]) if cost is None else float(cost)
        assert row["handling_cost"] == to_cents(wanted), ticket_id
        stated += cost is not None
    assert stated
