"""What a churned account was last, looked up in its history."""

from collections import defaultdict

MONTHS_PER_YEAR = 12


def test_last_values_are_those_before_the_churn(marts):
    paid, scores = defaultdict(list), defaultdict(list)
    for account, month, mrr, tier in marts.execute(
        "select account_id, month, ledger.closing_mrr, tiers.touch_tier"
        " from marts.fct_mrr_monthly as ledger"
        " left join marts.fct_account_segments as tiers using (account_id, month)"
        " where ledger.closing_mrr > 0"
    ).fetchall():
        paid[account].append((month, MONTHS_PER_YEAR * mrr, tier))
    for account, day, score, status in marts.execute(
        "select account_id, snapshot_date, health_score, health_status"
        " from marts.fct_health_scores where is_active_scheme"
    ).fetchall():
        scores[account].append((day, score, status))
    churned = marts.execute(
        "select account_id, churned_on, last_arr, last_touch_tier, last_health_score,"
        " last_health_status, arr from marts.dim_accounts where status = 'churned'"
    ).fetchall()
    assert len(churned) > 50
    for account, churned_on, arr, tier, score, status, arr_now in churned:
        assert (arr, tier) == max(paid[account])[1:], account
        before = [row for row in scores[account] if row[0] < churned_on]
        assert (score, status) == (max(before)[1:] if before else (None, None)), account
        assert arr_now == 0


def test_only_churned_accounts_have_last_values(marts):
    counts = marts.execute(
        "select count(last_arr), count(last_touch_tier), count(last_health_status),"
        " count(churn_reason_category) from marts.dim_accounts where status <> 'churned'"
    ).fetchone()
    assert counts == (0, 0, 0, 0)
