"""The hiring plan, the organization, attainment and metrics of roles on Portfolio and team."""

import pandas as pd
import pytest
from dashboard_figures import asked, is_without_error, mart, said, tiles

from dashboard import data
from dashboard.views import portfolio_plan

SCENARIOS = ("p10", "p50", "p90")
COMPANIES = ("published_demo", "published_few", "published_two")


def bodies(app):
    """The sheets of a page as HTML."""
    return [str(element.proto.body) for element in app.get("html")]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_tiles_of_the_plan_are_those_of_the_scenario(published_demo, page, scenario):
    plan = mart(published_demo, "rpt_org_plan")
    plan = plan[plan["scenario"] == scenario]
    last, first = plan[plan["month"] == plan["month"].max()], plan[plan["horizon"] == 1]
    app = page(published_demo, "portfolio", scenario=scenario)
    assert is_without_error(app)
    found, end = tiles(app), f"{plan['month'].max():%Y-%m}"
    assert found["CSMs required today"] == f"{first['required_csms_today'].sum():,.0f}"
    assert found[f"CSMs required in {end}"] == f"{last['required_csms'].sum():,.0f}"
    assert found[f"Hires until {end}"] == f"{plan['hires'].sum():,.0f}"
    assert found[f"Cost a year in {end}"] == f"USD {last['cost'].sum():,.0f}"


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_months_and_tiers_of_the_plan_are_those_of_the_mart(published_demo, scenario):
    plan = mart(published_demo, "rpt_org_plan")
    plan = plan[plan["scenario"] == scenario].set_index(["month", "investment_tier"])
    months = asked(published_demo, "portfolio", "plan", scenario=scenario)
    assert len(months) == len(plan) == 4 * 18
    for column in ("accounts", "arr", "required_csms", "hires", "csm_count", "cost"):
        shown = months.set_index(["month", "investment_tier"])[column].astype(float)
        assert shown.to_dict() == pytest.approx(plan[column].astype(float).to_dict())
    tiers = asked(published_demo, "portfolio", "plan_tiers", scenario=scenario)
    by_tier = tiers.set_index("investment_tier")
    ends = plan.loc[plan.index.get_level_values("month").max()]
    assert tiers["investment_tier"].tolist() == ["strategic", "enterprise", "mid_market", "smb"]
    assert by_tier["required_csms"].to_dict() == ends["required_csms"].to_dict()
    hires = plan.groupby("investment_tier")["hires"].sum()
    assert by_tier["hires"].astype(float).to_dict() == hires.astype(float).to_dict()
    started = plan[plan["hires"] > 0].reset_index().groupby("investment_tier")["month"].min()
    assert by_tier["first_hire"].dropna().to_dict() == started.to_dict()


@pytest.mark.parametrize(
    ("reasons", "sentence"),
    [
        ({}, ""),
        ({"smb": "tier"}, "Tiers whose CSMs need a manager: **Small business**."),
        ({"smb": "function"}, "The CSMs of all tiers together need one to lead them."),
        (
            {"strategic": "tier_and_function", "smb": "function"},
            "Tiers whose CSMs need a manager: **Strategic**. "
            "The CSMs of all tiers together need one to lead them.",
        ),
    ],
)
def test_a_need_of_a_manager_is_said(published_demo, monkeypatch, reasons, sentence):
    monkeypatch.setenv("CS_PUBLISHED_DIR", str(published_demo))
    data.open_view()
    tiers = ["strategic", "enterprise", "mid_market", "smb"]
    found = pd.DataFrame(
        {"investment_tier": tiers, "manager_reason": [reasons.get(tier) for tier in tiers]}
    )
    assert portfolio_plan.managers(found) == sentence


def test_every_question_of_the_organization_is_answered_or_a_dash(published_demo, page):
    stage = mart(published_demo, "rpt_org_stage").sort_values("sort_order")
    found = asked(published_demo, "portfolio", "organization")
    assert found["label"].tolist() == stage["label"].tolist()
    shown = [body for body in bodies(page(published_demo, "portfolio")) if ">Rule</th>" in body]
    assert len(shown) == stage["topic"].nunique()
    assert sum(body.count("<tr>") - 1 for body in shown) == len(stage)
    text = "".join(shown)
    for line in stage.itertuples():
        assert line.rule in text
        assert pd.isna(line.display_value) or f">{line.display_value}</td>" in text


def test_attainment_is_that_of_each_csm(published_demo, page):
    wanted = mart(published_demo, "rpt_csm_attainment").set_index("csm_id")
    found = asked(published_demo, "portfolio", "attainment").set_index("csm_id")
    assert set(found.index) == set(wanted.index)
    assert found["attainment"].dropna().is_monotonic_decreasing
    for column in ("attainment", "book_grr", "book_nrr_target", "mean_health", "renewal_rate"):
        assert found[column].dropna().to_dict() == pytest.approx(
            wanted[column].dropna().to_dict()
        ), column
    app = page(published_demo, "portfolio")
    [shown] = [table.value for table in app.dataframe if "weight_known" in table.value.columns]
    assert len(shown) == len(wanted)


def test_metrics_are_those_of_the_chosen_role(published_demo, page):
    metrics = mart(published_demo, "rpt_metrics_by_role")
    roles = asked(published_demo, "portfolio", "measured_roles")["role"].tolist()
    assert sorted(roles) == sorted(metrics["role"].unique())
    for role in roles:
        wanted = metrics[metrics["role"] == role].sort_values(["sort_order", "figure"])
        app = page(published_demo, "portfolio", role=role)
        [shown] = [body for body in bodies(app) if ">Importance</th>" in body]
        assert shown.count("<tr>") == 1 + len(wanted)
        for line in wanted.itertuples():
            assert f">{line.label}</td>" in shown
            assert pd.isna(line.display_value) or f">{line.display_value}</td>" in shown


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("company", ["published_few", "published_two"])
def test_a_company_without_a_team_plans_its_needs_and_no_hires(company, scenario, page, request):
    published = request.getfixturevalue(company)
    app = page(published, "portfolio", scenario=scenario)
    plan = mart(published, "rpt_org_plan")
    plan = plan[plan["scenario"] == scenario]
    assert is_without_error(app)
    assert plan["hires"].isna().all()
    if plan["required_csms"].isna().all():
        assert "Too few forecasts of the past" in said(app)
    else:
        [hires] = [value for name, value in tiles(app).items() if name.startswith("Hires until")]
        assert hires == "–"
        assert "nobody can say whom to hire" in said(app)
    assert "No CSM is at work on this day." in said(app)


@pytest.mark.parametrize("company", COMPANIES)
def test_sheets_of_the_organization_have_no_empty_word(company, page, request):
    shown = bodies(page(request.getfixturevalue(company), "portfolio"))
    assert not any(word in body for body in shown for word in (">None<", ">nan<", ">NaT<"))
