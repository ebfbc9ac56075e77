"""The page Portfolio and team: its figures against the marts, its filters and its empty states."""

import pandas as pd
import pytest
from dashboard_figures import asked, is_without_error, mart, said, tiles

SCHEMES = ("touch_tier", "investment_tier", "arr_tier")


def months_back(published, months):
    """The first month of the last so many, by the month of the day of the data."""
    day = mart(published, "runs")["as_of_date"].max()
    return day, pd.Timestamp(day.year, day.month, 1) - pd.DateOffset(months=months)


def test_tiles_are_the_marts_figures(published_demo, page):
    app = page(published_demo, "portfolio")
    capacity = mart(published_demo, "rpt_coverage_capacity")
    assert is_without_error(app)
    found = tiles(app)
    assert found["Accounts that pay"] == f"{capacity['accounts'].sum():,}"
    assert found["ARR"] == f"USD {capacity['arr'].sum():,.0f}"
    rate = capacity["cost_to_serve"].sum() / capacity["arr"].sum()
    assert found["Cost to serve, share of ARR"] == f"{rate:.1%}"
    there, needed = capacity["effective_csm_count"].sum(), capacity["required_csms"].sum()
    assert found["CSMs, ramped of required"] == f"{there:,.1f} of {needed:,.0f}"
    reviews = mart(published_demo, "rpt_account_review")
    assert found["Change the price"] == str((reviews["action"] == "reprice").sum())


def test_paying_accounts_and_their_arr_are_those_of_the_accounts(published_demo):
    totals = asked(published_demo, "portfolio", "totals").iloc[0]
    accounts = mart(published_demo, "dim_accounts")
    paying = accounts[accounts["arr"] > 0]
    assert totals["accounts"] == len(paying)
    assert totals["arr"] == pytest.approx(paying["arr"].sum())
    assert totals["unassigned_accounts"] == (paying["csm_id"] == "(none)").sum()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_segments_are_those_of_the_scheme(published_demo, scheme):
    found = asked(published_demo, "portfolio", "segments", scheme=scheme)
    accounts = mart(published_demo, "dim_accounts")
    expected = accounts[accounts["arr"] > 0].groupby(scheme)["arr"].agg(["count", "sum"])
    assert not found.empty
    by_tier = found.set_index("tier")
    assert dict(by_tier["accounts"]) == dict(expected["count"])
    assert by_tier["arr"].astype(float).to_dict() == pytest.approx(expected["sum"].to_dict())


@pytest.mark.parametrize("scheme", SCHEMES)
def test_changes_of_tier_are_counted_by_month_and_between_tiers(published_demo, scheme):
    changes = mart(published_demo, "fct_segment_transitions")
    changes = changes[changes["scheme"] == scheme]
    day, first = months_back(published_demo, 24)
    by_month = asked(
        published_demo,
        "portfolio",
        "transitions_by_month",
        scheme=scheme,
        as_of_date=str(day.date()),
    )
    expected = changes[changes["month"] > first].groupby(["month", "direction"]).size()
    assert by_month.set_index(["month", "direction"])["accounts"].to_dict() == expected.to_dict()
    _, first = months_back(published_demo, 12)
    filters = {"scheme": scheme, "as_of_date": str(day.date())}
    between = asked(published_demo, "portfolio", "transitions_between", **filters)
    expected = changes[changes["month"] > first].groupby(["from_tier", "to_tier"]).size()
    assert between.set_index(["from_tier", "to_tier"])["accounts"].to_dict() == expected.to_dict()
    assert between["accounts"].sum() > 0


@pytest.mark.parametrize("direction", ["all", "up", "down"])
def test_latest_changes_still_stand_and_go_the_chosen_way(published_demo, direction):
    found = asked(
        published_demo,
        "portfolio",
        "transitions_latest",
        scheme="touch_tier",
        direction=direction,
    )
    changes = mart(published_demo, "fct_segment_transitions")
    standing = changes[(changes["scheme"] == "touch_tier") & changes["is_standing"]]
    if direction != "all":
        standing = standing[standing["direction"] == direction]
    assert len(found) == min(len(standing), 100)
    assert set(found["account_id"]) <= set(standing["account_id"])
    assert found["month"].is_monotonic_decreasing
    arr = mart(published_demo, "dim_accounts").set_index("account_id")["arr"]
    assert found["arr"].astype(float).tolist() == arr[found["account_id"]].tolist()


def test_reviews_are_those_of_the_action(published_demo, page):
    reviews = mart(published_demo, "rpt_account_review")
    by_action = asked(published_demo, "portfolio", "reviews_by_action").set_index("action")
    expected = reviews.groupby("action")["arr"].agg(["count", "sum"])
    assert by_action["accounts"].to_dict() == expected["count"].to_dict()
    assert by_action["arr"].astype(float).to_dict() == pytest.approx(expected["sum"].to_dict())
    for action in ["all", *expected.index]:
        found = asked(published_demo, "portfolio", "reviews", action=action)
        wanted = reviews if action == "all" else reviews[reviews["action"] == action]
        assert sorted(found["account_id"]) == sorted(wanted["account_id"])
    app = page(published_demo, "portfolio", action="reprice")
    assert is_without_error(app)
    shown = next(table.value for table in app.dataframe if "reasons" in table.value.columns)
    assert len(shown) == (reviews["action"] == "reprice").sum()


def test_capacity_names_the_tiers_that_need_a_hire(published_demo, page):
    capacity = mart(published_demo, "rpt_coverage_capacity")
    app = page(published_demo, "portfolio")
    assert len(app.warning) == capacity["should_hire"].sum() > 0
    found = asked(published_demo, "portfolio", "capacity")
    assert found["tier_rank"].is_monotonic_increasing
    assert found["required_csms"].sum() == capacity["required_csms"].sum()


def test_books_are_those_of_the_csms(published_demo):
    found = asked(published_demo, "portfolio", "books").set_index("csm_id")
    books = mart(published_demo, "rpt_csm_books").set_index("csm_id")
    assert set(found.index) == set(books.index)
    assert found["accounts"].sum() == books["accounts"].sum()
    too_large = found["is_too_large"].eq(True)
    assert set(found.index[too_large]) == set(books.index[books["utilization"] > 1])
    assert found["csm_name"].notna().all()
    in_ranking = found["utilization"].dropna()
    assert in_ranking.is_monotonic_decreasing


def test_compliance_is_of_the_last_complete_month(published_demo):
    found = asked(published_demo, "portfolio", "compliance")
    compliance = mart(published_demo, "rpt_playbook_compliance")
    month = compliance.loc[compliance["is_complete_month"], "month"].max()
    expected = compliance[compliance["month"] == month].set_index("playbook")["compliance"]
    assert found.set_index("playbook")["compliance"].dropna().to_dict() == pytest.approx(
        expected.dropna().to_dict()
    )
    assert found["month"].unique().tolist() == [month]


def test_schemes_and_the_scorecard_are_those_of_their_marts(published_demo):
    schemes = asked(published_demo, "portfolio", "schemes")["tier_scheme"].tolist()
    assert schemes[0] == "touch_tier"
    segments = mart(published_demo, "rpt_segment_performance")
    assert sorted(schemes) == sorted(segments["tier_scheme"].unique())
    found = asked(published_demo, "portfolio", "scorecard").set_index("figure")["change"]
    card = mart(published_demo, "rpt_executive_scorecard").set_index("figure")["change"]
    assert found.dropna().to_dict() == card[found.index].dropna().to_dict()


def test_every_scheme_shows_in_the_page(published_demo, page):
    for scheme in asked(published_demo, "portfolio", "schemes")["tier_scheme"]:
        app = page(published_demo, "portfolio", scheme=scheme)
        assert is_without_error(app)
        assert app.selectbox(key="scheme").value == scheme


@pytest.mark.parametrize("company", ["published_few", "published_two"])
def test_a_company_without_a_team_sees_what_to_add(company, page, request):
    app = page(request.getfixturevalue(company), "portfolio")
    assert is_without_error(app)
    assert "crm.team_members" in said(app)
    assert tiles(app)["CSMs, ramped of required"] == "–"
    assert tiles(app)["Cost to serve, share of ARR"] == "–"
