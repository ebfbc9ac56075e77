"""What is planted in the demo company can be found in its raw files."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from demo_extracts import DEMO, USAGE, again, grr, judged, revenue, usage

from demo_company import (
    DEFAULT_END,
)


def test_the_company_has_its_size(revenue, judged):
    active = [m[-1] * 12 for m in revenue.mrr.values() if m[-1] > 0]
    assert 325 <= len(active) <= 355
    assert 16.5e6 < sum(active) < 19.8e6
    assert 36 <= sum(a >= 150_000 for a in active) <= 44
    assert 108 <= sum(30_000 <= a < 150_000 for a in active) <= 132
    assert 168 <= sum(a < 30_000 for a in active) <= 192
    gone = [a for a in revenue.mrr if revenue.mrr[a][-1] == 0]
    assert 75 <= len(gone) <= 125
    team = [r for r in judged.rows["crm_team_members"] if r["left_on"] is None]
    roles = Counter(r["role"] for r in team)
    assert roles["csm"] + roles["senior_csm"] == 7
    assert roles["vp"] == 1


def test_billing_reaches_back_to_the_first_customer(judged, again, revenue):
    """The first month of the records brings no more new customers than others do."""
    records = revenue.ends[0].replace(day=1)
    first = {}
    for row in judged.rows["billing_subscriptions"]:
        key = row["account_id"]
        first[key] = min(first.get(key, date.max), row["started_on"])
    assert min(first.values()).year == records.year - 4
    months = Counter(day.strftime("%Y-%m") for day in first.values())
    assert max(months.values()) <= 20
    assert sum(day < records for day in first.values()) / len(first) > 0.35
    created = {r["account_id"]: r["created_at"].date() for r in judged.rows["crm_accounts"]}
    assert all(0 < (day - created[key]).days <= 95 for key, day in first.items())
    early = [loss for loss in again.truths.losses if loss.ended_on < records]
    assert len(early) >= 15, "customers who left before the records are in billing too"
    assert {loss.account_id for loss in early} <= set(first)
    for table, name in (
        ("support_tickets", "created_at"),
        ("feedback_survey_responses", "responded_at"),
        ("crm_activities", "completed_at"),
        ("crm_pulses", "recorded_at"),
        ("crm_signals", "occurred_at"),
        ("billing_invoices", "issued_on"),
        ("product_users", "created_at"),
    ):
        moments = [row[name] for row in judged.rows[table] if row[name] is not None]
        days = [m.date() if isinstance(m, datetime) else m for m in moments]
        assert min(days) >= records, table


def test_a_gateway_feature_is_rare_and_comes_before_growth(judged, revenue, again, usage):
    features = tuple(r["feature_key"] for r in judged.rows["product_features"] if r["is_gateway"])
    using = usage.execute(
        f"select distinct account_id from '{DEMO / USAGE}.parquet' where feature_key in {features}"
        " and usage_on between ?::date - 89 and ?::date",
        [DEFAULT_END, DEFAULT_END],
    ).fetchall()
    paying = {account for account, series in revenue.mrr.items() if series[-1] > 0}
    assert 0.15 <= len(paying & {account for (account,) in using}) / len(paying) <= 0.25

    def grows(account: str, month: int) -> bool:
        series = revenue.mrr[account]
        return max(series[month : month + 4]) > 1.06 * series[month]

    place = {(end.year, end.month): k for k, end in enumerate(revenue.ends)}
    taken = defaultdict(set)
    for account, day in again.truths.gateways_taken_up:
        taken[account].add(place.get((day.year, day.month)))
    cases = [
        (k in taken[account], grows(account, k))
        for account, series in revenue.mrr.items()
        for k in range(len(series) - 4)
        if series[k] > 0
    ]
    rates = [[grown for took, grown in cases if took is side] for side in (True, False)]
    after, otherwise = (sum(grown) / len(grown) for grown in rates)
    assert len(rates[0]) >= 100
    assert after > 2 * otherwise


def test_some_cancel_requests_are_taken_back(judged, revenue, again):
    taken_back = set(again.truths.cancel_requests_taken_back)
    asked = [
        (row["account_id"], row["occurred_at"].date())
        for row in judged.rows["crm_signals"]
        if row["signal_type"] == "cancel_request"
    ]
    settled = [(a, d) for a, d in asked if d < DEFAULT_END - timedelta(120)]
    assert 0.20 <= sum(pair in taken_back for pair in settled) / len(settled) <= 0.36
    for account, day in set(settled) & taken_back:
        after = [m for m, end in zip(revenue.mrr[account], revenue.ends, strict=True) if end >= day]
        assert min(after[:4]) > 0, account


def test_no_csm_has_more_than_a_hundred_accounts(judged, revenue):
    team = {r["member_id"]: r for r in judged.rows["crm_team_members"]}
    paying = {account for account, series in revenue.mrr.items() if series[-1] > 0}
    books, large = Counter(), Counter()
    for row in judged.rows["crm_account_assignments"]:
        member = team[row["member_id"]]
        is_owner = row["assigned_to"] is None and "csm" in member["role"]
        if is_owner and row["account_id"] in paying:
            books[row["member_id"]] += 1
            large[member["coverage_tier"]] += 12 * revenue.mrr[row["account_id"]][-1] >= 200_000
    assert max(books.values()) <= 100
    assert sum(team[m]["coverage_tier"] == "smb" for m in books) == 2
    assert large["smb"] == 0


def test_retention_is_that_of_a_growing_firm(revenue):
    pairs = revenue.pairs(23, 35)
    assert 0.88 <= grr(pairs) <= 0.92
    assert 1.04 <= sum(b for _, b in pairs) / sum(a for a, _ in pairs) <= 1.12
    yearly = [
        sum(b > 0 for _, b in p) / len(p)
        for p in (revenue.pairs(0, 11), revenue.pairs(11, 23), revenue.pairs(23, 35))
    ]
    assert 0.90 <= sum(yearly) / 3 <= 0.95


@pytest.mark.parametrize("end", [23, 35])
def test_small_accounts_are_the_leak(revenue, end):
    small = grr(revenue.pairs(end - 12, end, 0, 30_000))
    middle = grr(revenue.pairs(end - 12, end, 30_000, 150_000))
    large = grr(revenue.pairs(end - 12, end, 150_000))
    assert 0.72 <= small <= 0.82
    assert small < min(middle, large) - 0.06


@pytest.mark.parametrize("below", [15_000, 30_000])
def test_growth_hides_the_leak(revenue, below):
    """Small accounts that stay grow by more than the others lose: the leaky bucket."""
    pairs = revenue.pairs(23, 35, 0, below)
    assert grr(pairs) <= 0.82
    assert sum(b for _, b in pairs) / sum(a for a, _ in pairs) > 1.01


def test_two_adjacent_cohorts_retain_much_less(revenue, again):
    cohorts = defaultdict(list)
    for account, first in revenue.first.items():
        if first is not None and first + 6 < len(revenue.ends):
            end = revenue.ends[first]
            mrr = revenue.mrr[account]
            quarter = date(end.year, (end.month - 1) // 3 * 3 + 1, 1)
            cohorts[quarter].append((mrr[first], mrr[first + 6]))
    at_six = {quarter: grr(pairs) for quarter, pairs in sorted(cohorts.items())}
    poor = again.truths.degrading_cohort_quarters
    assert poor == (date(2025, 4, 1), date(2025, 7, 1))
    assert max(at_six[q] for q in poor) < min(g for q, g in at_six.items() if q not in poor) - 0.12
    assert min(len(cohorts[q]) for q in poor) >= 12
    last = list(at_six.values())[-8:]
    slope = sum((k - 3.5) * 100 * g for k, g in enumerate(last)) / 42
    assert slope < -0.5


def test_use_sinks_in_the_months_before_most_losses(again, usage):
    def logins(account: str, before: date) -> tuple[int, int]:
        query = (
            "select count(*) filter (usage_on >= ?::date - 30), "
            "count(*) filter (usage_on < ?::date - 90) from visits "
            "where account_id = ? and usage_on < ? and usage_on >= ?::date - 120"
        )
        return usage.execute(query, [before, before, account, before, before]).fetchone()

    def sinks(cases: list[tuple[str, date]]) -> float:
        counts = [logins(account, day) for account, day in cases]
        counts = [(late, early) for late, early in counts if early >= 4]
        assert len(counts) >= 25
        return sum(late < 0.65 * early for late, early in counts) / len(counts)

    lost = {loss.account_id for loss in again.truths.losses}
    everyone = usage.sql("select distinct account_id from visits order by 1").fetchall()
    staying = [account for (account,) in everyone if account not in lost][::5]
    assert sinks([(loss.account_id, loss.ended_on) for loss in again.truths.losses]) > 0.70
    assert sinks([(account, date(2026, 5, 31)) for account in staying]) < 0.15


def test_a_departed_champion_triples_the_hazard(judged, again):
    departures = defaultdict(list)
    for row in judged.rows["crm_contacts"]:
        if row["departed_on"]:
            departures[row["account_id"]].append(row["departed_on"])
    planted = {(a, d) for a, d in again.truths.champion_departures}
    assert planted <= {(a, d) for a, days in departures.items() for d in days}

    def exposed(account: str, day: date) -> bool:
        return any(a == account and 30 <= (day - left).days <= 270 for a, left in planted)

    losses = {(loss.account_id, loss.ended_on) for loss in again.truths.losses}
    subs = defaultdict(list)
    for row in judged.rows["billing_subscriptions"]:
        subs[row["account_id"]].append((row["started_on"], row["ended_on"] or DEFAULT_END))
    months, churned = Counter(), Counter(exposed(a, d) for a, d in losses)
    prospects = {*again.truths.trials_lost, *again.truths.trials_running}
    for account, spans in subs.items():
        day, stop = min(s for s, _ in spans) + timedelta(75), max(e for _, e in spans)
        while day <= stop and account not in prospects:
            months[exposed(account, day)] += 1
            day += timedelta(days=30)
    ratio = (churned[True] / months[True]) / (churned[False] / months[False])
    assert 2.2 <= ratio <= 4.5
    heard = {
        r["account_id"]
        for r in judged.rows["crm_signals"]
        if r["signal_type"] == "champion_departed"
    }
    left = {account for account, _ in planted}
    assert len(heard & left) / len(left) >= 0.75


def test_signups_come_in_season(revenue):
    months = [revenue.ends[k].month for k in revenue.first.values() if k]
    assert sum(m in (10, 11, 12, 1, 2, 3) for m in months) / len(months) > 0.6


def test_contracts_change_in_every_way(judged):
    ranks = {r["plan_id"]: r["plan_rank"] for r in judged.rows["billing_plans"]}
    lines, products, kinds = defaultdict(list), defaultdict(set), Counter()
    subs = {r["subscription_id"]: r for r in judged.rows["billing_subscriptions"]}
    for row in sorted(judged.rows["billing_subscription_items"], key=lambda r: r["effective_from"]):
        lines[row["item_id"]].append(row)
        account = subs[row["subscription_id"]]["account_id"]
        sub_start = subs[row["subscription_id"]]["started_on"]
        if row["effective_from"] > sub_start and row["product_id"] not in products[account]:
            kinds["cross_sell"] += 1
        products[account].add(row["product_id"])
        kinds["temporary discount"] += bool(row["is_temporary_discount"])
        kinds["amount off"] += bool(row["discount_amount"])
        changed = len(lines[row["item_id"]]) > 1
        kinds["mid-month"] += changed and row["effective_from"].day not in (1, 2)
        kinds[row["billing_interval"]] += 1
        kinds[row["unit"] or "seat"] += 1
        kinds["currency " + (row["currency"] or "USD")] += 1
        ended = subs[row["subscription_id"]]["ended_on"]
        kinds["product_drop"] += bool(row["effective_to"]) and row["effective_to"] != ended
    for history in lines.values():
        for before, after in pairwise(history):
            kinds["open style"] += before["effective_to"] is None
            kinds["closed style"] += before["effective_to"] == after["effective_from"]
            kinds["seats up"] += after["quantity"] > before["quantity"]
            kinds["seats down"] += after["quantity"] < before["quantity"]
            same = all(after[n] == before[n] for n in ("quantity", "plan_id", "discount_percent"))
            kinds["price rise"] += same and after["unit_amount"] > before["unit_amount"]
            if before["plan_id"] != after["plan_id"]:
                higher = ranks[after["plan_id"]] > ranks[before["plan_id"]]
                kinds["upgrade" if higher else "downgrade"] += 1
    few = {
        "week": 3,
        "temporary discount": 10,
        "amount off": 10,
        "usage": 60,
        "three_years": 10,
        "currency EUR": 300,
        "currency GBP": 150,
        "price rise": 250,
        "seats up": 150,
        "seats down": 60,
        "upgrade": 30,
        "downgrade": 15,
        "cross_sell": 40,
        "product_drop": 15,
        "open style": 200,
        "closed style": 200,
        "mid-month": 300,
        "half_year": 20,
        "two_years": 20,
        "quarter": 100,
        "month": 100,
        "flat": 200,
    }
    assert {kind: kinds[kind] for kind, least in few.items() if kinds[kind] < least} == {}
    assert all(r["currency"] != "USD" for r in judged.rows["billing_exchange_rates"])


def test_rare_histories_are_there(revenue, judged, again, usage):
    truths, last = again.truths, revenue.ends[-1]
    for account in truths.scenarios.paused_over_month_end:
        series = revenue.mrr[account]
        gap = [k for k, m in enumerate(series) if m == 0 and k > revenue.first[account]]
        assert gap, account
        assert series[-1] > 0, account
    subs = {r["subscription_id"]: r["account_id"] for r in judged.rows["billing_subscriptions"]}
    still = {
        subs[r["subscription_id"]]
        for r in judged.rows["billing_subscription_pauses"]
        if r["resumed_on"] is None and r["paused_from"] <= last
    }
    assert set(truths.scenarios.paused_at_end) | set(truths.scenarios.paused_then_ended) == still
    assert all(revenue.mrr[a][-1] == 0 for a in truths.scenarios.paused_at_end)
    assert len(truths.reactivated) >= 4
    returned = {loss.account_id for loss in truths.losses if loss.ended_on > revenue.ends[0]}
    for account in returned & set(truths.reactivated):
        seen = [m > 0 for m in revenue.mrr[account]]
        assert "10" in "".join(str(int(s)) for s in seen), account
    by_account = defaultdict(list)
    for row in judged.rows["billing_subscriptions"]:
        by_account[row["account_id"]].append(row)
    for account in truths.scenarios.swapped:
        ended = {r["ended_on"] for r in by_account[account]}
        assert ended & {r["started_on"] for r in by_account[account]}, account
    users = {r["account_id"] for r in judged.rows["product_users"]}
    fed = {r[0] for r in usage.sql("select distinct account_id from visits").fetchall()}
    events = {r["account_id"] for r in judged.rows["product_events"]}
    assert len(truths.no_feed) >= 8
    assert not set(truths.no_feed) & (users | fed | events)
    assert set(truths.event_feed) == events
    assert len(events) == 5
    assert not events & fed
    assert len(truths.trials_running) == 3
    assert len(truths.trials_lost) >= 8
    assert len(truths.trials_converted) >= 15
    priced = {r["subscription_id"] for r in judged.rows["billing_subscription_items"]}
    plain = {
        r["account_id"]
        for r in judged.rows["billing_subscriptions"]
        if r["subscription_id"] not in priced and r["mrr_amount"]
    }
    assert plain == set(truths.amount_only)
    assert 15 <= len(plain) <= 28
    assert 8 <= len(truths.children) <= 40
    renewing = [r for r in judged.rows["billing_subscriptions"] if r["renews_subscription_id"]]
    assert len(renewing) >= 50


def test_losses_leave_their_traces(judged, again):
    losses = again.truths.losses
    explained = {}
    for row in judged.rows["crm_churn_reasons"]:
        explained.setdefault(row["account_id"], []).append(row["churned_on"])
    near = [
        any(abs((day - loss.ended_on).days) <= 21 for day in explained.get(loss.account_id, []))
        for loss in losses
    ]
    assert 0.65 <= sum(near) / len(near) <= 0.97
    notice = [(loss.ended_on - loss.notice_on).days for loss in losses if loss.notice_on]
    assert sum(30 <= days <= 60 for days in notice) / len(losses) > 0.7
    unpaid = [
        r
        for r in judged.rows["billing_invoices"]
        if r["paid_on"] is None and r["status"] == "open" and r["due_on"] < DEFAULT_END
    ]
    late = [
        r
        for r in judged.rows["billing_invoices"]
        if r["paid_on"] and (r["paid_on"] - r["due_on"]).days > 15
    ]
    assert len(unpaid) >= 4
    assert len(late) >= 20
