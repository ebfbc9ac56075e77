"""The leaks on the page Revenue and retention: they add up to what a segment lost."""

import pandas as pd
import pytest
from dashboard_figures import asked, in_segment, mart


def end_of(retention, quarter):
    """The last month of a quarter that ends a window of 12 months."""
    ends = retention.loc[retention["window_months"] == 12, "month"]
    return ends[ends.between(quarter, quarter + pd.DateOffset(months=2))].max()


def latest_quarter(published):
    return mart(published, "rpt_retention_decomposition")["quarter"].max()


@pytest.mark.parametrize(
    ("kind", "segment"),
    [("all", "all"), ("touch_tier", "low_touch"), ("region", "EMEA"), ("csm", "mem_06")],
)
def test_leaks_add_up_to_what_the_segment_lost(published_demo, kind, segment):
    quarter = latest_quarter(published_demo)
    filters = {"segment_type": kind, "segment": segment, "quarter": quarter.date()}
    retention = mart(published_demo, "fct_retention")
    row = retention[
        (retention["window_months"] == 12)
        & (retention["month"] == end_of(retention, quarter))
        & (retention["segment_type"] == kind)
        & (retention["segment"] == segment)
    ].iloc[0]
    leaks = asked(published_demo, "revenue", "leaks", **filters)
    at = asked(published_demo, "revenue", "decomposition", **filters).iloc[0]
    lost = row.churn_mrr + row.contraction_mrr
    tolerance = 0.01 * 30
    assert float(at.lost_mrr) == pytest.approx(lost)
    assert at.month == row.month
    assert leaks["lost_mrr"].astype(float).sum() == pytest.approx(lost, abs=tolerance)
    contraction = leaks.loc[leaks["reason_category"] == "contraction", "lost_mrr"]
    assert contraction.astype(float).sum() == pytest.approx(row.contraction_mrr, abs=tolerance)
    drivers = asked(published_demo, "revenue", "leak_drivers", reason="all", **filters)
    assert drivers["lost_mrr"].astype(float).sum() == pytest.approx(lost, abs=tolerance)
    only = asked(published_demo, "revenue", "leak_drivers", reason="contraction", **filters)
    assert set(only["reason_category"]) == {"contraction"}
    trend = asked(published_demo, "revenue", "leak_trend", **filters)
    of_quarter = trend[trend["quarter"] == quarter].set_index("reason_category")["lost_mrr"]
    by_reason = leaks.assign(lost=leaks["lost_mrr"].astype(float)).groupby("reason_category")
    expected = by_reason["lost"].sum().to_dict()
    assert of_quarter.astype(float).to_dict() == pytest.approx(expected)
    points = mart(published_demo, "rpt_leakage_points")
    points = points[(points["segment_type"] == kind) & (points["segment"] == segment)]
    recent = points[points["quarter"] > quarter - pd.DateOffset(months=36)]
    assert trend["lost_mrr"].astype(float).sum() == pytest.approx(recent["lost_mrr"].sum())
    assert set(trend["quarter"]) == set(recent["quarter"])


@pytest.mark.parametrize(("kind", "segment"), [("all", "all"), ("touch_tier", "tech_touch")])
def test_accounts_that_left_are_those_behind_the_leaks(published_demo, kind, segment):
    quarter = latest_quarter(published_demo)
    retention = mart(published_demo, "fct_retention")
    month = end_of(retention, quarter)
    filters = {"segment_type": kind, "segment": segment}
    found = asked(
        published_demo, "revenue", "lost_accounts", month=month.date(), reason="all", **filters
    )
    bases = mart(published_demo, "fct_retention_bases")
    bases = bases[(bases["window_months"] == 12) & (bases["month"] == month)]
    gone = in_segment(bases, kind, segment).query("ending_mrr == 0")
    assert set(found["account_id"]) == set(gone["account_id"])
    assert len(found) == len(gone) > 10
    leaks = asked(published_demo, "revenue", "leaks", quarter=quarter.date(), **filters)
    for reason, rows in found.groupby("reason_category"):
        leaked = leaks.loc[leaks["reason_category"] == reason, "lost_mrr"].astype(float).sum()
        assert rows["starting_mrr"].astype(float).sum() == pytest.approx(leaked, abs=0.2)
        same = asked(
            published_demo, "revenue", "lost_accounts", month=month.date(), reason=reason, **filters
        )
        assert set(same["account_id"]) == set(rows["account_id"])
    churns = mart(published_demo, "fct_churn_events").sort_values("churned_on")
    churns = churns[(churns["churned_month"] > month - pd.DateOffset(months=12))]
    last = churns[churns["churned_month"] <= month].groupby("account_id")["churned_on"].last()
    dated = found.dropna(subset=["churned_on"]).set_index("account_id")["churned_on"]
    assert dated.to_dict() == {account: last[account] for account in dated.index}


def test_cohorts_that_leak_are_those_of_the_mart(published_demo):
    quarter = latest_quarter(published_demo)
    found = asked(published_demo, "revenue", "leaks_by_cohort", quarter=quarter.date())
    rows = mart(published_demo, "rpt_leakage_points")
    rows = rows[(rows["quarter"] == quarter) & (rows["segment_type"] == "cohort_quarter")]
    rows = rows[rows["segment"] != "(none)"]
    expected = rows.groupby(["segment", "reason_category"])["lost_mrr"].sum()
    shown = found.set_index(["cohort", "reason_category"])["lost_mrr"].astype(float)
    assert shown.to_dict() == pytest.approx(expected.to_dict())
    assert len(shown) > 3
    assert set(found["cohort_name"].str[4:6]) == {"-Q"}
