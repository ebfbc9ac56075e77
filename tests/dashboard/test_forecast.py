"""The page Forecast: its figures are those of the marts, and what is missing is explained."""

import pandas as pd
import pytest
from dashboard_figures import asked, is_without_error, mart, said, tiles

TIERS = ("all", "high_touch", "tech_touch")
BASELINES = {"model": "mape", "carry_forward": "carry_forward_mape"}
BASELINES |= {"trailing_rates": "trailing_rates_mape"}


def day_of(published):
    return mart(published, "runs")["as_of_date"].max()


def near(published, frame):
    """The rows of quarters from a year before to 15 months after that of the day of the data."""
    current = day_of(published).to_period("Q").start_time
    first, last = current - pd.DateOffset(months=12), current + pd.DateOffset(months=15)
    return frame[frame["quarter"].between(first, last)].sort_values("quarter")


@pytest.mark.parametrize("company", ["published_demo", "published_few", "published_two"])
def test_page_runs_for_every_company(company, page, request):
    published = request.getfixturevalue(company)
    app = page(published, "forecast")
    assert is_without_error(app)
    forecasts = mart(published, "fct_mrr_forecast")
    today = forecasts.loc[forecasts["touch_tier"] == "all", "starting_mrr"].iloc[0]
    currency = forecasts["reporting_currency"].iloc[0]
    assert tiles(app)["MRR today"] == f"{currency} {today:,.0f}"


def test_what_two_tables_cannot_forecast_is_explained(published_two, page):
    app = page(published_two, "forecast")
    texts = said(app)
    assert mart(published_two, "fct_renewals").empty
    assert "No subscription has a term that ends" in texts
    assert mart(published_two, "rpt_expansion_forecast").empty
    assert "No expansion opportunity is open" in texts
    assert "ARR up" not in "".join(tiles(app))


def test_tiers_to_choose_from_are_forecast(published_demo):
    found = asked(published_demo, "forecast", "tiers")["touch_tier"]
    assert set(found) == set(mart(published_demo, "fct_mrr_forecast")["touch_tier"])


def test_history_of_all_tiers_is_that_of_the_ledger(published_demo):
    found = asked(published_demo, "forecast", "history", tier="all")
    ledger = mart(published_demo, "fct_mrr_monthly")
    ledger = ledger[ledger["is_complete_month"]].groupby("month")["closing_mrr"].sum()
    assert len(found) == 24
    for row in found.itertuples():
        assert float(row.mrr) == pytest.approx(ledger[row.month])
    assert found["month"].max() == ledger.index.max()


def test_histories_of_the_tiers_add_up(published_demo):
    tiers = mart(published_demo, "fct_account_segments")["touch_tier"].unique()
    parts = pd.concat(asked(published_demo, "forecast", "history", tier=tier) for tier in tiers)
    parts = parts.assign(mrr=parts["mrr"].astype(float)).groupby("month")["mrr"].sum()
    whole = asked(published_demo, "forecast", "history", tier="all").set_index("month")["mrr"]
    assert len(tiers) > 2
    assert parts.to_dict() == pytest.approx(whole.astype(float).to_dict())


@pytest.mark.parametrize("tier", TIERS)
def test_errors_are_those_of_past_forecasts_that_all_methods_made(published_demo, tier):
    found = asked(published_demo, "forecast", "forecast", tier=tier).set_index("horizon")
    tests = mart(published_demo, "rpt_forecast_backtest")
    tests = tests[(tests["touch_tier"] == tier) & (tests["figure"] == "mrr")]
    errors = asked(published_demo, "forecast", "errors", tier=tier)
    past = tests.pivot(index=["horizon_months", "made_on"], columns="method", values="ape")
    expected = past.dropna().groupby("horizon_months").mean()
    shown = errors.set_index(["horizon", "method"])["mape"]
    assert len(shown) == 36
    for (horizon, method), error in shown.items():
        assert error == pytest.approx(expected.loc[horizon, method])
        assert error == found.loc[horizon, BASELINES[method]]
    assert (found["total_p50"] >= found["p50"]).all()


@pytest.mark.parametrize("figure", ["mrr", "grr", "nrr"])
def test_backtest_shows_the_error_in_its_interval(published_demo, figure):
    filters = {"tier": "high_touch", "figure": figure, "horizon": 6}
    found = asked(published_demo, "forecast", "backtest", **filters)
    tests = mart(published_demo, "rpt_forecast_backtest")
    last = tests["forecast_month"].max()
    tests = tests[
        (tests["touch_tier"] == "high_touch")
        & (tests["figure"] == figure)
        & (tests["horizon_months"] == 6)
        & (tests["forecast_month"] > last - pd.DateOffset(months=36))
    ]
    assert len(found) == len(tests) > 90
    difference = found["actual"] - found["forecast"]
    assert found["error"].tolist() == pytest.approx(difference.tolist())
    judged = found.dropna(subset=["low"])
    assert len(judged) > 10
    lies_within = judged["error"].between(judged["low"] - 1e-6, judged["high"] + 1e-6)
    assert lies_within.tolist() == judged["inside_p10_p90"].astype(bool).tolist()


@pytest.mark.parametrize("tier", TIERS)
def test_renewals_of_a_quarter_are_those_of_its_subscriptions(published_demo, tier):
    day = day_of(published_demo).date()
    found = asked(published_demo, "forecast", "renewals", tier=tier, as_of_date=day)
    renewals = mart(published_demo, "fct_renewals")
    if tier != "all":
        renewals = renewals[renewals["touch_tier"] == tier]
    quarters = renewals["renewal_on"].dt.to_period("Q").dt.start_time
    columns = ["arr_up", "secured_arr", "open_arr", "expected_open_arr", "lost_arr"]
    sums = renewals.groupby(quarters)[columns].sum()
    expected = near(published_demo, mart(published_demo, "rpt_renewal_forecast"))
    expected = expected[expected["touch_tier"] == tier]
    assert found["quarter"].tolist() == expected["quarter"].tolist()
    outlooks = asked(published_demo, "forecast", "outlooks", tier=tier, as_of_date=day)
    for row in found.itertuples():
        for column in columns:
            assert float(getattr(row, column)) == pytest.approx(sums.loc[row.quarter, column])
        parts = outlooks[outlooks["quarter_name"] == row.quarter_name]
        assert parts["arr"].astype(float).sum() == pytest.approx(float(row.arr_up))
        assert parts["current_outlook"].tolist() == ["secured", "open", "lost"]
        assert float(row.outlook_arr) == pytest.approx(
            float(row.secured_arr) + float(row.expected_open_arr)
        )
    assert found["accuracy"].notna().any()


def test_calibration_counts_decided_renewals_by_band(published_demo):
    found = asked(published_demo, "forecast", "calibration", tier="all")
    rows = mart(published_demo, "rpt_renewal_calibration")
    rows = rows[(rows["touch_tier"] == "all") & (rows["renewals"] > 0)].set_index(
        "probability_band"
    )
    assert set(found["probability_band"]) == set(rows.index)
    assert found["probability_band"].iloc[-1] == "all"
    decided = mart(published_demo, "fct_renewals")
    decided = decided[(decided["outcome"] != "open") & ~decided["has_given_notice"].astype(bool)]
    total = found.iloc[-1]
    assert total.renewals == len(decided)
    assert total.renewed == (decided["outcome"] == "renewed").sum()
    assert total.forecast_rate == pytest.approx(decided["calibrated_probability"].mean())
    missed = decided["calibrated_probability"] - (decided["outcome"] == "renewed")
    assert total.brier_score == pytest.approx((missed**2).mean(), abs=1e-6)
    assert found["renewals"].iloc[:-1].sum() == total.renewals


def test_history_by_sunday_is_that_of_the_quarter(published_demo):
    quarter = pd.Timestamp("2026-07-01")
    found = asked(published_demo, "forecast", "sundays", tier="low_touch", quarter=quarter.date())
    rows = mart(published_demo, "rpt_renewal_forecast_history")
    rows = rows[(rows["touch_tier"] == "low_touch") & (rows["quarter"] == quarter)]
    rows = rows.sort_values("snapshot_date")
    assert found["snapshot_date"].tolist() == rows["snapshot_date"].tolist()
    assert (found["snapshot_date"].dt.day_name() == "Sunday").all()
    outlook = rows["secured_arr"] + rows["expected_open_arr"]
    assert found["outlook_arr"].astype(float).tolist() == pytest.approx(outlook.tolist())
    assert found["arr_up"].astype(float).tolist() == pytest.approx(rows["arr_up"].tolist())


def test_open_renewals_come_by_expected_loss(published_demo):
    renewals = mart(published_demo, "fct_renewals")
    accounts = mart(published_demo, "dim_accounts").set_index("account_id")
    renewals = renewals[renewals["current_outlook"] == "open"]
    owner = renewals["account_id"].map(accounts["csm_id"])
    due = renewals["renewal_on"].dt.to_period("Q").dt.start_time.dt.strftime("%Y-%m-%d")
    everything = {"tier": "all", "csm": "all", "due": "all"}
    for chosen, kept in (
        ({}, renewals),
        ({"tier": "low_touch"}, renewals[renewals["touch_tier"] == "low_touch"]),
        ({"csm": "mem_06"}, renewals[owner == "mem_06"]),
        ({"due": "2026-10-01"}, renewals[due == "2026-10-01"]),
    ):
        found = asked(published_demo, "forecast", "open_renewals", **(everything | chosen))
        loss = kept["arr_up"] - kept["expected_open_arr"]
        assert len(found) == len(kept) > 5
        assert found["expected_loss_arr"].astype(float).tolist() == pytest.approx(
            sorted(loss, reverse=True), abs=0.005
        )
        assert set(found["account_id"]) == set(kept["account_id"])
    quarters = asked(published_demo, "forecast", "due_quarters")["quarter"]
    assert quarters.tolist() == sorted(set(due))
    owners = asked(published_demo, "forecast", "owners")
    assert set(owners["csm_id"]) == set(owner)
    assert set(owners.loc[owners["csm_id"] == "(none)", "csm_name"]) <= {"No CSM"}


def test_pipeline_is_what_opportunities_hold_open(published_demo, page):
    found = asked(published_demo, "forecast", "expansion")
    opportunities = mart(published_demo, "fct_opportunities")
    kinds = ["upsell", "cross_sell", "seat_expansion", "usage_expansion"]
    expansion = opportunities[opportunities["opportunity_type"].isin(kinds)]
    pipeline = expansion[expansion["is_open"].astype(bool)]
    by_type = pipeline.groupby(["quarter", "opportunity_type"])["amount"].sum()
    shown = found.set_index(["quarter", "opportunity_type"])["open_amount"].astype(float)
    assert shown[shown > 0].to_dict() == pytest.approx(by_type.to_dict())
    total = asked(published_demo, "forecast", "expansion_total").iloc[0]
    assert float(total.open_amount) == pytest.approx(pipeline["amount"].sum())
    assert float(total.expected_open_amount) == pytest.approx(pipeline["expected_amount"].sum())
    overdue = pipeline.loc[pipeline["is_overdue"].astype(bool), "amount"].sum()
    assert float(total.overdue_amount) == pytest.approx(overdue)
    won = expansion[
        (expansion["stage"] == "closed_won")
        & (expansion["closed_on"] >= day_of(published_demo).to_period("Q").start_time)
    ]
    assert float(total.won_amount) == pytest.approx(won["amount"].sum())
    assert tiles(page(published_demo, "forecast"))["Open pipeline"] == (
        f"USD {pipeline['amount'].sum():,.0f}"
    )


@pytest.mark.parametrize("figure", ["mrr", "renewed_arr"])
def test_log_shows_what_was_published_and_what_came(published_demo, figure):
    found = asked(published_demo, "forecast", "log", figure=figure)
    log = mart(published_demo, "rpt_forecast_accuracy")
    log = log[log["figure"] == figure]
    assert len(found) == len(log) > 10
    known = found.dropna(subset=["actual"])
    assert not known.empty
    assert found["actual"].notna().tolist() == sorted(found["actual"].notna(), reverse=True)
    ratio = known["actual"].astype(float) / known["forecast"].astype(float)
    assert known["accuracy"].astype(float).tolist() == pytest.approx(ratio.tolist(), abs=1e-6)
    within = ratio.round(9).between(known["target"], known["target_high"])
    assert within.tolist() == known["is_on_target"].astype(bool).tolist()


def test_filters_in_the_url_choose_tier_horizon_and_quarter(published_demo, page):
    app = page(
        published_demo,
        "forecast",
        tier="low_touch",
        horizon="12",
        quarter="2026-04-01",
        figure="nrr",
        csm="mem_06",
        logged="renewed_arr",
    )
    assert is_without_error(app)
    found = tiles(app)
    forecasts = mart(published_demo, "fct_mrr_forecast").set_index(["touch_tier", "horizon"])
    at = forecasts.loc[("low_touch", 12)]
    assert found["Expected, 2027-06"] == f"USD {at.total_p50:,.0f}"
    assert found["Of today's customers"] == f"USD {at.p50:,.0f}"
    assert found["Mean past error"] == f"{100 * at.mape:.1f}%"
    renewals = mart(published_demo, "rpt_renewal_forecast").set_index(["touch_tier", "quarter"])
    spring = renewals.loc[("low_touch", pd.Timestamp("2026-04-01"))]
    assert found["Secured, 2026-Q2"] == f"USD {spring.secured_arr:,.0f}"
    assert found["Outlook, 2026-Q2"] == f"USD {spring.outlook_arr:,.0f}"
    shown = next(frame.value for frame in app.dataframe if "expected_loss_arr" in frame.value)
    assert shown["account_name"].str.startswith("account?account=").all()
    assert set(shown["touch_tier"]) == {"Low touch"}
    assert shown["csm_name"].nunique() == 1


def test_unknown_values_in_the_url_fall_back(published_demo, page):
    app = page(published_demo, "forecast", tier="x", horizon="99", quarter="never", due="?")
    assert is_without_error(app)
    assert "Expected, 2026-09" in tiles(app)
