"""Every metric by time and by segment equals its mart."""

import pytest

from .cases import RETENTION, REVENUE, Case
from .cases_customer_success import FORECAST, HEALTH, PRACTICE
from .cases_organization import ORGANIZATION
from .cases_satisfaction import SATISFACTION
from .engine import Metrics, Rows

CASES = [*REVENUE, *RETENTION, *HEALTH, *SATISFACTION, *FORECAST, *PRACTICE, *ORGANIZATION]
# Medians and intervals of one group do not add up, so that marts hold them for all accounts.
WITHOUT_SEGMENTS = {
    "forecast_mrr", "forecast_mrr_p10", "forecast_mrr_p90", "forecast_total_mrr", "time_to_value",
}  # fmt: skip


def rounded(rows: Rows) -> Rows:
    """Floats of another order of addition are equal. A sum of nothing is 0 or null."""
    return {
        key: [None if value is None else pytest.approx(value, rel=1e-9, abs=1e-6) for value in row]
        for key, row in rows.items()
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.metrics} by {case.by}"[:120])
def test_metric_equals_its_mart(metrics: Metrics, case: Case):
    by = case.by.split()
    expected = metrics.sql(case.sql, len(by))
    found = metrics.ask(case.metrics.split(), by, [case.where] if case.where else [])
    if not expected:
        assert not any(value for row in found.values() for value in row)
        pytest.skip("the mart has no rows in this warehouse")
    if case.only:
        found = {key: row for key, row in found.items() if key in expected}
    assert found == rounded(expected)


def test_every_metric_is_compared_by_time_and_by_segment(metrics: Metrics):
    names = {metric.name for metric in metrics.manifest.metrics}
    by_time = {n for c in CASES if "metric_time" in c.by for n in c.metrics.split()}
    by_segment = {
        name
        for case in CASES
        if any(not dimension.startswith("metric_time") for dimension in case.by.split())
        for name in case.metrics.split()
    }
    assert names - by_time == set()
    assert names - by_segment == WITHOUT_SEGMENTS


def test_two_dimensions_at_once_keep_the_base_whole(metrics: Metrics):
    """NRR by industry and region: its bases and ends sum to the one row of fct_retention."""
    found = metrics.ask(
        ["starting_mrr_12_months", "ending_mrr_12_months", "base_accounts_12_months"],
        ["account__industry", "account__region"],
    )
    whole = metrics.sql(
        "select month, starting_mrr, ending_mrr, starting_accounts from marts.fct_retention"
        " where segment_type = 'all' and window_months = 12 order by month desc limit 1",
        1,
    )
    sums = [sum(values) for values in zip(*found.values(), strict=True)]
    assert ([sums] if sums else []) == list(rounded(whole).values())
