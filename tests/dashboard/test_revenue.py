"""The page Revenue and retention: its bridges foot, and its figures are those of the marts."""

from datetime import date

import pandas as pd
import pytest
from dashboard_figures import AT_START, asked, is_without_error, mart, said, tiles

EVERYONE = {"industry": "all", "region": "all", "tier": "all"}
MOVEMENTS = ("new", "reactivation", "expansion", "contraction", "churn")
SIGNS = {"new": 1, "reactivation": 1, "expansion": 1, "contraction": -1, "churn": -1}
FREQUENCIES = {"month": "M", "quarter": "Q", "year": "Y"}
SEGMENTS_TRIED = 5


def within(published, industry="all", region="all", tier="all"):
    """The accounts of a bridge: those of today's industry and region, and of the last tier."""
    accounts = mart(published, "dim_accounts").set_index("account_id")
    segments = mart(published, "fct_account_segments").sort_values("month")
    last_tier = segments.groupby("account_id")["touch_tier"].last()
    accounts["last"] = last_tier.reindex(accounts.index).fillna("(none)")
    for value, column in ((industry, "industry"), (region, "region"), (tier, "last")):
        if value != "all":
            accounts = accounts[accounts[column] == value]
    return set(accounts.index)


def ledger_of(published, **scope):
    ledger = mart(published, "fct_mrr_monthly")
    return ledger[ledger["account_id"].isin(within(published, **scope))]


@pytest.mark.parametrize("company", ["published_demo", "published_few", "published_two"])
def test_page_runs_for_every_company(company, page, request):
    published = request.getfixturevalue(company)
    assert is_without_error(page(published, "revenue"))


@pytest.mark.parametrize(
    "scope",
    [{}, {"industry": "Software"}, {"region": "EMEA"}, {"tier": "tech_touch"}],
    ids=["all", "industry", "region", "tier"],
)
@pytest.mark.parametrize("grain", FREQUENCIES)
def test_every_bridge_foots_and_starts_where_the_one_before_ended(published_demo, grain, scope):
    found = asked(published_demo, "revenue", "bridges", grain=grain, **(EVERYONE | scope))
    found = found.sort_values("period").reset_index(drop=True)
    ledger = ledger_of(published_demo, **scope)
    closing = ledger.groupby("month")["closing_mrr"].sum()
    periods = ledger["month"].dt.to_period(FREQUENCIES[grain])
    moved = ledger.groupby(periods)[[f"{step}_mrr" for step in MOVEMENTS]].sum()
    assert found["foots"].all()
    assert len(found) == len(moved)
    assert found["opening_mrr"].iloc[0] == 0
    assert found["opening_mrr"].tolist()[1:] == found["closing_mrr"].tolist()[:-1]
    for row, (_, sums) in zip(found.itertuples(), moved.iterrows(), strict=True):
        assert float(row.closing_mrr) == pytest.approx(closing[row.last_month])
        for step in MOVEMENTS:
            assert float(getattr(row, f"{step}_mrr")) == pytest.approx(sums[f"{step}_mrr"])
        net = sum(SIGNS[step] * sums[f"{step}_mrr"] for step in MOVEMENTS)
        assert float(row.net_new_mrr) == pytest.approx(net)


def test_fx_effect_is_what_exchange_rates_change_at_the_close(published_demo):
    found = asked(published_demo, "revenue", "bridges", grain="quarter", **EVERYONE)
    ledger = ledger_of(published_demo).set_index("month")
    for row in found.itertuples():
        at = ledger.loc[row.last_month]
        expected = at["reported_closing_mrr"].sum() - at["closing_mrr"].sum()
        assert float(row.fx_effect) == pytest.approx(expected)
    assert found["fx_effect"].astype(float).abs().max() > 0


def test_only_periods_that_are_over_are_complete(published_demo):
    day = mart(published_demo, "runs")["as_of_date"].max()
    for grain, frequency in FREQUENCIES.items():
        found = asked(published_demo, "revenue", "bridges", grain=grain, **EVERYONE)
        for row in found.itertuples():
            is_over = row.period.to_period(frequency).end_time.normalize() <= day
            assert row.is_complete == is_over
            assert row.period_name.endswith(" so far") != is_over


@pytest.mark.parametrize("scope", [{}, {"region": "EMEA", "tier": "low_touch"}])
def test_waterfall_goes_step_by_step_from_opening_to_closing(published_demo, scope):
    bridges = asked(published_demo, "revenue", "bridges", grain="year", **(EVERYONE | scope))
    at = bridges.iloc[1]
    months = {"first_month": at.first_month.date(), "last_month": at.last_month.date()}
    steps = asked(published_demo, "revenue", "waterfall", **months, **(EVERYONE | scope))
    assert steps["step"].tolist() == ["opening", *MOVEMENTS, "closing"]
    level = 0.0
    for row in steps.iloc[:-1].itertuples():
        assert float(row.bar_from) == pytest.approx(level)
        level += float(row.amount)
        assert float(row.bar_to) == pytest.approx(level)
        assert row.bar_top == max(row.bar_from, row.bar_to)
    assert level == pytest.approx(float(steps["amount"].iloc[-1]))
    assert float(steps["amount"].iloc[0]) == pytest.approx(float(at.opening_mrr))
    assert float(steps["amount"].iloc[-1]) == pytest.approx(float(at.closing_mrr))


def test_drivers_and_trend_sum_to_the_movements_of_the_ledger(published_demo):
    scope = EVERYONE | {"region": "EMEA"}
    months = {"first_month": date(2026, 4, 1), "last_month": date(2026, 6, 1)}
    drivers = asked(published_demo, "revenue", "drivers", **months, **scope)
    trend = asked(published_demo, "revenue", "movement_trend", grain="quarter", **scope)
    ledger = ledger_of(published_demo, region="EMEA")
    spring = ledger[ledger["month"].between("2026-04-01", "2026-06-01")]
    for step in MOVEMENTS:
        expected = SIGNS[step] * spring[f"{step}_mrr"].sum()
        of_step = drivers.loc[drivers["movement_type"] == step, "amount"].astype(float)
        at = trend[(trend["movement_type"] == step) & (trend["period"] == "2026-04-01")]
        assert of_step.sum() == pytest.approx(expected)
        assert at["amount"].astype(float).sum() == pytest.approx(expected)
    movements = mart(published_demo, "fct_mrr_movements")
    chosen = movements[
        movements["account_id"].isin(within(published_demo, region="EMEA"))
        & movements["month"].between("2026-04-01", "2026-06-01")
    ]
    counted = chosen.groupby(["movement_type", "driver"])["account_id"].nunique()
    assert drivers.set_index(["movement_type", "driver"])["accounts"].to_dict() == counted.to_dict()


def test_filters_of_the_bridge_hold_the_values_of_customers(published_demo):
    found = asked(published_demo, "revenue", "scopes")
    accounts = mart(published_demo, "dim_accounts")
    customers = accounts[accounts["first_mrr_month"].notna()]
    for column in ("industry", "region"):
        assert set(found[column].dropna()) == set(customers[column].dropna())
    tiers = mart(published_demo, "fct_account_segments")["touch_tier"]
    assert set(found["touch_tier"]) <= set(tiers) | {"(none)"}


def test_rates_are_those_of_the_window_and_segment(published_demo):
    retention = mart(published_demo, "fct_retention")
    month = retention["month"].max()
    segment = {"segment_type": "region", "segment": "EMEA"}
    for window in (1, 3, 12):
        found = asked(published_demo, "revenue", "rates", window=window, month=month, **segment)
        rows = retention[
            (retention["window_months"] == window)
            & (retention["segment_type"] == "region")
            & (retention["segment"] == "EMEA")
            & (retention["month"] > month - pd.DateOffset(months=36))
        ].sort_values("month")
        assert found["month"].tolist() == rows["month"].tolist()
        assert len(found) == 36
        for column in ("nrr", "grr", "logo_retention", "nrr_target", "grr_acceptable"):
            assert found[column].tolist() == pytest.approx(rows[column].tolist(), nan_ok=True)
        last, year_ago = rows.iloc[-1], month - pd.DateOffset(months=12)
        before = rows.set_index("month").loc[year_ago]
        for column in ("nrr", "grr", "logo_retention"):
            change = found[f"{column}_change"].iloc[-1]
            assert change == pytest.approx(last[column] - before[column])
        assert found["previous_month"].iloc[-1] == year_ago


def test_verdicts_lie_in_their_bands(published_demo):
    retention = mart(published_demo, "fct_retention")
    month = retention["month"].max()
    for kind, segment in (("all", "all"), ("touch_tier", "tech_touch"), ("plan", "core_starter")):
        found = asked(
            published_demo,
            "revenue",
            "rates",
            window=12,
            month=month,
            segment_type=kind,
            segment=segment,
        )
        judged = found.dropna(subset=["grr_verdict"])
        assert not judged.empty
        for row in judged.itertuples():
            bands = {"healthy": (row.grr_target, 9), "critical": (0, row.grr_acceptable)}
            bands["concerning"] = (row.grr_acceptable, row.grr_target)
            low, high = bands[row.grr_verdict]
            assert low <= round(row.grr, 9) <= high


@pytest.mark.parametrize("kind", AT_START)
def test_accounts_behind_a_rate_add_up_to_it(published_demo, kind):
    retention = mart(published_demo, "fct_retention")
    month = retention["month"].max()
    for window in (3, 12):
        rows = retention[
            (retention["window_months"] == window)
            & (retention["segment_type"] == kind)
            & (retention["month"] == month)
            & (retention["starting_accounts"] > 0)
        ]
        assert not rows.empty
        listed = asked(
            published_demo,
            "revenue",
            "rates_by_segment",
            window=window,
            segment_type=kind,
            month=month,
        )
        assert set(listed["segment"]) == set(rows["segment"])
        for row in rows.sort_values("starting_mrr").tail(SEGMENTS_TRIED).itertuples():
            wanted = {"window": window, "month": month, "segment_type": kind}
            found = asked(
                published_demo, "revenue", "bases", segment=row.segment, losers=False, **wanted
            )
            money = found[["starting_mrr", "retained_mrr", "ending_mrr"]].astype(float).sum()
            assert len(found) == row.starting_accounts
            assert found["is_retained"].sum() == row.retained_accounts
            assert money["retained_mrr"] / money["starting_mrr"] == pytest.approx(row.grr, abs=1e-8)
            assert money["ending_mrr"] / money["starting_mrr"] == pytest.approx(row.nrr, abs=1e-8)
            losers = asked(
                published_demo, "revenue", "bases", segment=row.segment, losers=True, **wanted
            )
            lost = losers["starting_mrr"].astype(float) - losers["ending_mrr"].astype(float)
            assert (lost > 0).all()
            assert lost.sum() == pytest.approx(row.churn_mrr + row.contraction_mrr)


def test_segments_months_and_quarters_to_choose_from_are_measured(published_demo):
    retention = mart(published_demo, "fct_retention")
    found = asked(published_demo, "revenue", "segments")
    pairs = set(zip(retention["segment_type"], retention["segment"], strict=True))
    assert set(zip(found["segment_type"], found["segment"], strict=True)) == pairs
    assert found["segment_name"].notna().all()
    names = found.set_index(["segment_type", "segment"])["segment_name"]
    assert names["cohort_quarter", "2024-01-01"] == "2024-Q1"
    assert names["touch_tier", "high_touch"] == "High touch"
    for window in (1, 12):
        months = asked(published_demo, "revenue", "months", window=window)["month"]
        expected = retention.loc[retention["window_months"] == window, "month"].unique()
        assert months.tolist() == sorted(expected, reverse=True)
    quarters = asked(published_demo, "revenue", "quarters")["quarter"]
    decomposition = mart(published_demo, "rpt_retention_decomposition")
    assert quarters.tolist() == sorted(decomposition["quarter"].unique(), reverse=True)


@pytest.mark.parametrize("rate", ["nrr", "grr", "logo_retention"])
@pytest.mark.parametrize("grain", ["month", "quarter"])
def test_cohorts_are_those_of_the_ledger(published_demo, grain, rate):
    filters = {"grain": grain, "rate": rate}
    found = asked(published_demo, "revenue", "cohorts", tier="all", **filters)
    ledger = mart(published_demo, "fct_mrr_monthly")
    paying = ledger[ledger["closing_mrr"] > 0]
    first = paying.groupby("account_id")["month"].min()
    mrr = paying.set_index(["account_id", "month"])["closing_mrr"]
    at = found[found["cohort"] == "2025-04-01"].iloc[-1]
    frequency = FREQUENCIES[grain]
    members = first[first.dt.to_period(frequency) == pd.Period("2025-04-01", frequency)]
    start = [mrr[account, month] for account, month in members.items()]
    later = [
        mrr.get((account, month + pd.DateOffset(months=int(at.age_months))), 0.0)
        for account, month in members.items()
    ]
    expected = {
        "nrr": sum(later) / sum(start),
        "grr": sum(map(min, start, later)) / sum(start),
        "logo_retention": sum(amount > 0 for amount in later) / len(start),
    }
    assert at.cohort_accounts == len(members) > 3
    assert at.rate == pytest.approx(expected[rate])
    rows = mart(published_demo, "fct_cohort_retention")
    rows = rows[(rows["cohort_grain"] == grain) & (rows["segment_type"] == "all")]
    if grain == "quarter":
        rows = rows[rows["age_months"] % 3 == 0]
    assert len(found) == len(rows)
    tiers = asked(published_demo, "revenue", "cohort_tiers")["segment"].tolist()
    for tier in tiers:
        of_tier = asked(published_demo, "revenue", "cohorts", tier=tier, **filters)
        assert of_tier["cohort_accounts"].max() < found["cohort_accounts"].max()


def test_tiles_show_the_figures_of_the_marts(published_demo, page):
    app = page(published_demo, "revenue")
    assert is_without_error(app)
    found = tiles(app)
    ledger = ledger_of(published_demo)
    closing = ledger.groupby("month")["closing_mrr"].sum()
    assert found["Opening MRR"] == f"USD {closing['2026-03-01']:,.0f}"
    assert found["Closing MRR"] == f"USD {closing['2026-06-01']:,.0f}"
    net = closing["2026-06-01"] - closing["2026-03-01"]
    assert found["Net new MRR"] == f"USD {net:,.0f}"
    retention = mart(published_demo, "fct_retention")
    row = retention[
        (retention["window_months"] == 12)
        & (retention["segment_type"] == "all")
        & (retention["month"] == retention["month"].max())
    ].iloc[0]
    assert found[f"NRR: {row.nrr_verdict}"] == f"{100 * row.nrr:.1f}%"
    assert found[f"GRR: {row.grr_verdict}"] == f"{100 * row.grr:.1f}%"
    assert found[f"Logo retention: {row.logo_verdict}"] == f"{100 * row.logo_retention:.1f}%"
    assert found["MRR lost to churn"] == f"USD {row.churn_mrr:,.0f}"
    decomposition = mart(published_demo, "rpt_retention_decomposition")
    latest = decomposition[
        (decomposition["segment_type"] == "all")
        & (decomposition["quarter"] == decomposition["quarter"].max())
    ].iloc[0]
    assert found["Churned customers"] == f"{latest.churned_accounts:,}"
    assert latest.headline in said(app)


def test_filters_in_the_url_choose_period_segment_and_reason(published_demo, page):
    app = page(
        published_demo,
        "revenue",
        grain="year",
        period="2025-01-01",
        region="EMEA",
        window="3",
        segment_type="touch_tier",
        segment="tech_touch",
        month="2026-03",
        quarter="2025-10-01",
        reason="no_value_realized",
    )
    assert is_without_error(app)
    found = tiles(app)
    closing = ledger_of(published_demo, region="EMEA").groupby("month")["closing_mrr"].sum()
    assert found["Opening MRR"] == f"USD {closing['2024-12-01']:,.0f}"
    assert found["Closing MRR"] == f"USD {closing['2025-12-01']:,.0f}"
    retention = mart(published_demo, "fct_retention").set_index(
        ["window_months", "segment_type", "segment", "month"]
    )
    row = retention.loc[(3, "touch_tier", "tech_touch", pd.Timestamp("2026-03-01"))]
    assert found["NRR"] == f"{100 * row.nrr:.1f}%"
    year = retention.loc[(12, "touch_tier", "tech_touch", pd.Timestamp("2025-12-01"))]
    assert found["MRR lost to churn"] == f"USD {year.churn_mrr:,.0f}"
    assert "no bands" in said(app)
    left = app.dataframe[-1].value
    assert set(left["reason_category"]) == {"No value realized"}
    assert left["account_name"].str.startswith("account?account=").all()


def test_a_base_that_lost_nobody_says_so(published_demo, page):
    retention = mart(published_demo, "fct_retention")
    rows = retention[(retention["window_months"] == 1) & (retention["segment_type"] == "region")]
    calm = rows[(rows["churn_mrr"] + rows["contraction_mrr"] == 0) & (rows["starting_mrr"] > 0)]
    assert not calm.empty
    at = calm.iloc[-1]
    filters = {"segment_type": "region", "segment": at.segment, "month": f"{at.month:%Y-%m}"}
    app = page(published_demo, "revenue", window="1", losers="1", **filters)
    assert "No customer of this base lost MRR." in said(app)
    assert "Only windows of 12 months are judged" in said(app)


def test_a_reason_that_is_not_known_is_asked_for(published_two, page):
    decomposition = mart(published_two, "rpt_retention_decomposition")
    latest = decomposition[decomposition["quarter"] == decomposition["quarter"].max()]
    unknown = latest.loc[latest["segment_type"] == "all", "unknown_reason_accounts"].iloc[0]
    assert unknown > 0
    app = page(published_two, "revenue")
    assert is_without_error(app)
    assert f"{unknown} of the churned customers have no known reason" in said(app)


def test_unknown_values_in_the_url_fall_back(published_demo, page):
    app = page(published_demo, "revenue", grain="decade", segment="x", month="1999-01", reason="?")
    assert is_without_error(app)
    assert tiles(app)["Closing MRR"] == tiles(page(published_demo, "revenue"))["Closing MRR"]
