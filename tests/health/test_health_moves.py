"""The moves between health statuses, and who came and went, counted from scores and the ledger."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

MONTHS_PER_YEAR = 12
# Of fct_account_segments. The segments by which it cannot be known here have tests of their own.
TIERS = ("arr_tier", "touch_tier", "investment_tier")
OUTSIDE = "(none)"

Key = tuple[date, str, str, str, str]


@pytest.fixture(scope="module")
def placed(marts) -> dict[date, dict[tuple[str, str, str], tuple[str, Decimal]]]:
    """Status and MRR of each paying account by month-end, account, segment type and segment."""
    statuses = {
        (day, account): status
        for day, account, status in marts.execute(
            "select snapshot_date, account_id, health_status from marts.fct_health_scores"
            " where is_active_scheme"
        ).fetchall()
    }
    rows = marts.execute(
        "select last_day(ledger.month), ledger.account_id, ledger.closing_mrr, tiers.arr_tier,"
        " tiers.touch_tier, tiers.investment_tier from marts.fct_mrr_monthly as ledger"
        " join marts.fct_account_segments as tiers using (account_id, month)"
        " where ledger.closing_mrr > 0 and ledger.is_complete_month"
    ).fetchall()
    found: dict = {}
    for day, account, mrr, *tiers in rows:
        status = statuses.get((day, account), "unscored")
        for segment in (("all", "all"), *zip(TIERS, tiers, strict=True)):
            found.setdefault(day, {})[(account, *segment)] = (status, mrr)
    return found


@pytest.fixture(scope="module")
def moves(placed) -> dict[Key, tuple[int, Decimal, Decimal]]:
    """Accounts, ARR before and ARR after of each move."""
    counts: Counter[Key] = Counter()
    before, after = Counter(), Counter()
    for end, now in placed.items():
        was = placed.get(end.replace(day=1) - timedelta(days=1))
        if was is None:
            continue
        for place in now.keys() | was.keys():
            old, old_mrr = was.get(place, (OUTSIDE, Decimal(0)))
            new, new_mrr = now.get(place, (OUTSIDE, Decimal(0)))
            key = (end, *place[1:], old, new)
            counts[key] += 1
            before[key] += MONTHS_PER_YEAR * old_mrr
            after[key] += MONTHS_PER_YEAR * new_mrr
    return {key: (counts[key], before[key], after[key]) for key in counts}


def test_moves_are_those_of_scores_and_ledger(marts, moves):
    rows = marts.execute(
        "select month_end, segment_type, segment, previous_status, health_status, accounts,"
        f" previous_arr, arr from marts.rpt_health_moves where segment_type in {('all', *TIERS)}"
    ).fetchall()
    assert {tuple(row[:5]): tuple(row[5:]) for row in rows} == moves
    assert len({(key[3], key[4]) for key in moves}) > 25


def test_the_mix_counts_who_entered_and_left(marts, moves):
    entered, departed = Counter(), Counter()
    for (end, *segment, old, new), (accounts, arr_before, arr_after) in moves.items():
        if old != new:
            entered[end, *segment, new, "accounts"] += accounts
            entered[end, *segment, new, "arr"] += arr_after
            departed[end, *segment, old, "accounts"] += accounts
            departed[end, *segment, old, "arr"] += arr_before
    rows = marts.execute(
        "select snapshot_date, segment_type, segment, health_status, accounts_entered,"
        " arr_entered, accounts_left, arr_left from marts.rpt_health_mix where is_month_end"
        f" and accounts_entered is not null and segment_type in {('all', *TIERS)}"
    ).fetchall()
    assert len(rows) > 1000
    for *key, accounts_in, arr_in, accounts_out, arr_out in rows:
        assert accounts_in == entered[*key, "accounts"], key
        assert arr_in == entered[*key, "arr"], key
        assert accounts_out == departed[*key, "accounts"], key
        assert arr_out == departed[*key, "arr"], key


def test_moves_are_known_at_every_month_end_but_the_first(marts):
    unknown = marts.execute(
        "select distinct snapshot_date from marts.rpt_health_mix"
        " where is_month_end and accounts_entered is null"
    ).fetchall()
    first = marts.execute("select min(snapshot_date) from marts.rpt_health_mix").fetchone()
    assert unknown == [first]
