"""The page Trust: its figures against the marts, its filters and its empty states."""

import pandas as pd
import pytest
from dashboard_figures import asked, is_without_error, mart, said, tiles

COMPANIES = ("published_demo", "published_few", "published_two")


@pytest.mark.parametrize("company", COMPANIES)
def test_tiles_are_the_marts_figures(company, page, request):
    published = request.getfixturevalue(company)
    app = page(published, "trust")
    assert is_without_error(app)
    found, rows = tiles(app), mart(published, "dq_reconciliation")
    assert found["Raw rows unaccounted for"] == "0"
    parts = ["accepted_rows", "duplicate_rows", "rejected_rows", "not_taken_rows"]
    assert rows["raw_rows"].sum() == rows[parts].sum().sum()
    assert found["Raw rows rejected"] == f"{rows['rejected_rows'].sum():,}"
    unused = mart(published, "dq_invalid_values")["values_nulled"].sum()
    assert found["Values not used"] == f"{unused:,.0f}"
    assert found["Data as of"] == f"{mart(published, 'runs')['as_of_date'].max():%Y-%m-%d}"


@pytest.mark.parametrize("system", ["all", "crm", "billing", "product"])
def test_rows_and_values_are_those_of_the_system(published_demo, system):
    def of_system(table):
        frame = mart(published_demo, table)
        return frame if system == "all" else frame[frame["source_system"] == system]

    found = asked(published_demo, "trust", "reconciliation", system=system)
    expected = of_system("dq_reconciliation")
    expected = expected[expected["is_present"]]
    assert found.set_index("table_name")["raw_rows"].to_dict() == (
        expected.set_index("table_name")["raw_rows"].to_dict()
    )
    rejected = of_system("dq_rejected_rows")
    parts = rejected["reason"].str.split(":", expand=True)
    found = asked(published_demo, "trust", "rejections_by_rule", system=system)
    assert found.groupby("rule")["rejected_rows"].sum().to_dict() == (
        parts[0].value_counts().to_dict()
    )
    found = asked(published_demo, "trust", "rejections", system=system)
    expected = rejected.groupby([rejected["table_name"], parts[0], parts[1]])["row_key"]
    keys = ["table_name", "rule", "column_name"]
    assert found.set_index(keys)["rejected_rows"].to_dict() == expected.size().to_dict()
    assert found.set_index(keys)["row_key"].to_dict() == expected.min().to_dict()
    found = asked(published_demo, "trust", "unused_values", system=system)
    assert found["values_nulled"].sum() == of_system("dq_invalid_values")["values_nulled"].sum()
    assert len(found) == len(of_system("dq_invalid_values"))


def test_a_system_in_the_url_filters_the_page(published_demo, page):
    app = page(published_demo, "trust", system="crm")
    assert is_without_error(app)
    shown = next(table.value for table in app.dataframe if "raw_rows" in table.value.columns)
    rows = mart(published_demo, "dq_reconciliation")
    assert len(shown) == ((rows["source_system"] == "crm") & rows["is_present"]).sum()


def test_feeds_are_dated_by_their_latest_fact(published_demo):
    day = mart(published_demo, "runs")["as_of_date"].max()
    found = asked(published_demo, "trust", "freshness", as_of_date=str(day.date()))
    for line in found.itertuples():
        facts = mart(published_demo, line.mart)
        latest = pd.to_datetime(facts[line.date_column]).max().normalize()
        if line.mart == "fct_usage_monthly":
            used = facts[["logins", "feature_events", "active_users"]].fillna(0).sum(axis=1) > 0
            latest = facts.loc[used, "month"].max()
        assert line.latest_on == latest, line.mart
        assert line.days_before == (day - latest).days
    assert len(found) >= 8


def test_runs_are_those_of_the_log(published_demo, page):
    runs = mart(published_demo, "runs")
    found = asked(published_demo, "trust", "runs")
    assert (
        found["run_id"].tolist()
        == runs.sort_values("started_at", ascending=False)["run_id"].tolist()
    )
    counted = asked(published_demo, "trust", "runs_by_outcome").iloc[0]
    assert counted["runs"] == len(runs)
    assert counted["runs_not_done"] == (runs["exit_code"] != 0).sum()
    assert tiles(page(published_demo, "trust"))["Runs recorded"] == str(len(runs))


@pytest.mark.parametrize("horizon", ["90", "180"])
@pytest.mark.parametrize("tier", ["all", "tech_touch"])
def test_validations_are_those_of_horizon_and_tier(published_demo, horizon, tier):
    def chosen(table):
        frame = mart(published_demo, table)
        return frame[(frame["horizon_days"] == int(horizon)) & (frame["touch_tier"] == tier)]

    filters = {"horizon": horizon, "tier": tier}
    found = asked(published_demo, "trust", "health_validation", **filters)
    expected = chosen("rpt_health_validation").set_index("scheme")["auc"]
    assert found.set_index("scheme")["auc"].to_dict() == expected.to_dict()
    assert bool(found["is_active_scheme"].iloc[0])
    found = asked(published_demo, "trust", "indicator_validation", **filters)
    expected = chosen("rpt_indicator_validation").set_index("indicator")["lift"].dropna()
    assert found.set_index("indicator")["lift"].dropna().to_dict() == expected.to_dict()
    assert found["lift"].dropna().is_monotonic_decreasing
    active = chosen("rpt_health_validation").query("is_active_scheme")["scheme"].iloc[0]
    rates = chosen("rpt_health_churn_rates")
    rates = rates[(rates["scheme"] == active) & (rates["band_type"] == "status")]
    found = asked(published_demo, "trust", "churn_rates", **filters)
    assert (
        found.set_index("band")["churns"].to_dict() == rates.set_index("band")["churns"].to_dict()
    )
    assert (found["churn_rate"] == found["churns"] / found["observations"]).all()


def test_horizon_and_tier_are_in_the_url(published_demo, page):
    app = page(published_demo, "trust", horizon="180", tier="low_touch")
    assert is_without_error(app)
    assert app.selectbox(key="horizon").value == "180"
    assert app.selectbox(key="tier").value == "low_touch"
    horizons = asked(published_demo, "trust", "horizons")["horizon_days"].tolist()
    assert [str(days) for days in horizons] == ["90", "180"]
    tiers = asked(published_demo, "trust", "tiers")["touch_tier"].tolist()
    assert tiers == ["all", "high_touch", "low_touch", "tech_touch"]


@pytest.mark.parametrize("company", ["published_few", "published_two"])
def test_what_is_missing_is_named(company, page, request):
    published = request.getfixturevalue(company)
    app = page(published, "trust")
    rows = mart(published, "dq_reconciliation")
    absent = asked(published, "trust", "missing_tables", system="all")["table_name"]
    assert set(absent) == set(rows.loc[~rows["is_present"], "table_name"])
    assert "survey responses" in said(app)
    assert "bring_your_own_data.md" in said(app)


def test_restatements_are_explained_or_counted(published_demo, page):
    restated = mart(published_demo, "rpt_restatements")
    by_month = asked(published_demo, "trust", "restatements_by_month")
    assert by_month["restatements"].sum() == len(restated)
    assert len(asked(published_demo, "trust", "restatements")) == min(len(restated), 200)
    assert "This is the first publish" in said(page(published_demo, "trust"))
