"""Account 360: each account opens, its figures are the marts', and what is missing is said."""

import math
import re
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from account_answers import DERIVATIONS, Tables
from streamlit.testing.v1 import AppTest

from dashboard import data

PARTS = ("Health", "Revenue", "Use and support", "People and value", "Playbooks", "Timeline")
OF_EACH_STATUS = 20
TAG = re.compile(r"<style.*?</style>|<[^>]+>", re.DOTALL)


@cache
def tables(published: Path) -> Tables:
    """The marts of a published folder as pandas reads them, by name."""
    return Tables(published / "published")


def sample(published: Path, of_each: int) -> list[tuple[str, str]]:
    """Ids and statuses of accounts, the same in every run."""
    accounts = tables(published).of("dim_accounts").sort_values("account_id")
    drawn = [
        group.sample(min(of_each, len(group)), random_state=18)
        for _, group in accounts.groupby("status")
    ]
    return list(pd.concat(drawn)[["account_id", "status"]].itertuples(index=False, name=None))


def said(app: AppTest) -> str:
    """All text in the page, without markup."""
    elements = (*app.caption, *app.markdown, *app.info, *app.warning, *app.title, *app.subheader)
    texts = [str(element.value) for element in elements]
    return "\n".join([*texts, *(TAG.sub(" ", html.proto.body) for html in app.get("html"))])


def figures(app: AppTest) -> dict[str, str]:
    """The tiles by name."""
    return {metric.label: metric.value for metric in app.metric}


def opened(app: AppTest, account: str, **parameters: str) -> AppTest:
    """The page of another account in the same session, as after a click."""
    app.query_params.clear()
    for key, value in {"account": account, **parameters}.items():
        app.query_params[key] = value
    return app.run()


@pytest.mark.parametrize("company", ["published_demo", "published_few", "published_two"])
def test_accounts_of_every_status_open(company, page, request):
    published = request.getfixturevalue(company)
    chosen = sample(published, OF_EACH_STATUS)
    names = tables(published).of("dim_accounts").set_index("account_id")["account_name"]
    app = page(published, "account")
    for place, (account, _) in enumerate(chosen):
        for view in (
            {"part": PARTS[place % len(PARTS)]},
            {"part": PARTS[(place + 3) % len(PARTS)]},
            {"print": "1"},
        ):
            opened(app, account, **view)
            assert not app.exception, (account, view, app.exception)
            assert not app.error, (account, view, app.error)
            assert [title.value.replace("\\", "") for title in app.title] == [names[account]]


def test_tiles_of_a_customer_are_those_of_the_marts(published_demo, page):
    accounts = tables(published_demo).of("dim_accounts").set_index("account_id")
    app = page(published_demo, "account")
    for account, status in sample(published_demo, 8):
        opened(app, account)
        facts, tiles = accounts.loc[account], figures(app)
        if status == "active":
            assert tiles["ARR"] == f"USD {facts['arr']:,.0f}"
            assert tiles["Health"] == _number(facts["health_score"], 1)
            assert tiles["Next renewal"] == _day(facts["next_renewal_on"])
            assert tiles["NPS, mean answer"] == _number(facts["nps_mean"], 1)
            assert tiles["Open tickets"] == _number(facts["open_tickets"])
            assert tiles["Days past due"] == _number(facts["days_past_due"])
        elif status == "churned":
            assert tiles["Left on"] == _day(facts["churned_on"])
            assert tiles["Last ARR"] == f"USD {facts['last_arr']:,.0f}"
            assert tiles["Last health"] == _number(facts["last_health_score"], 1)
            assert tiles["Last touch"] == _day(facts["last_touch_on"])
        else:
            contacts = tables(published_demo).rows("dim_contacts", account)
            assert tiles["People known"] == _number(contacts["is_present"].sum())


def test_every_query_equals_its_derivation(published_demo, monkeypatch):
    monkeypatch.setenv("CS_PUBLISHED_DIR", str(published_demo))
    view = data.open_view()
    assert set(DERIVATIONS) == set(data.QUERIES["account"])
    known, seen = tables(published_demo), dict.fromkeys(DERIVATIONS, 0)
    late = known.of("fct_invoices").sort_values("days_past_due")["account_id"].iloc[-1]
    for account in [late, *(account for account, _ in sample(published_demo, 5))]:
        scores = known.rows("fct_health_scores", account)
        parameters = {
            "account": account,
            "as_of_date": view.as_of_date,
            "last_complete_month": view.last_complete_month,
            "snapshot_date": None if scores.empty else scores["snapshot_date"].max(),
        }
        for name, derive in DERIVATIONS.items():
            shown = data.rows("account", name, **parameters)
            expected = derive(known, parameters)
            seen[name] += len(expected)
            assert _rows(shown, expected.columns) == _rows(expected, expected.columns), (
                name,
                account,
            )
    assert [name for name, count in seen.items() if not count] == []


def test_a_name_or_a_choice_opens_the_account_and_the_url_follows(published_demo, page):
    accounts = tables(published_demo).of("dim_accounts")
    single = accounts[~accounts["account_name"].duplicated(keep=False)].iloc[3]
    app = page(published_demo, "account", account=single["account_name"].upper())
    assert [title.value for title in app.title] == [single["account_name"]]
    assert app.query_params["account"] == single["account_id"]
    other = accounts.iloc[7]
    app.selectbox(key="account").select(other["account_id"]).run()
    assert [title.value for title in app.title] == [other["account_name"]]
    assert app.query_params["account"] == other["account_id"]


def test_a_link_opens_its_account_after_another_page(published_demo, page):
    [(first, _), (second, _), *_] = sample(published_demo, 1)
    app = page(published_demo, "account", account=first)
    for account in (first, second):
        app.switch_page("views/rows.py").run()
        app.switch_page("views/account.py")
        app.query_params["account"] = account
        app.run()
        assert app.selectbox(key="account").value == account


@pytest.mark.parametrize("printed", ["", "1"])
def test_an_unknown_account_gets_a_message_and_a_list(published_demo, page, printed):
    app = page(published_demo, "account", account="acc_nobody", print=printed)
    assert not app.exception
    [warning] = app.warning
    assert "acc\\_nobody" in warning.value
    assert len(app.dataframe) == 1


def test_a_page_without_an_account_lists_all_of_them(published_demo, page):
    app = page(published_demo, "account")
    assert not app.exception
    assert not app.warning
    assert [title.value for title in app.title] == ["Account 360"]
    accounts = tables(published_demo).of("dim_accounts")
    assert len(app.dataframe[0].value) == min(len(accounts), 400)


def test_the_timeline_filters_by_kind(published_demo, page):
    events = tables(published_demo).of("fct_account_events")
    account = events["account_id"].value_counts().index[0]
    own = events[(events["account_id"] == account)]
    kind = own["kind"].value_counts().index[-1]
    app = page(published_demo, "account", account=account, part="Timeline", kind=kind)
    [last] = [html for html in app.get("html") if 'data-name="Kind"' in html.proto.body]
    assert last.proto.body.count("<tr>") == 1 + min(60, int((own["kind"] == kind).sum()))


def test_onboarding_has_its_five_criteria_and_a_verdict(published_demo, page):
    onboarding = tables(published_demo).of("fct_onboarding")
    cases = {
        "**It met all 5 criteria**": onboarding["is_exit_met"].eq(True) & onboarding["is_settled"],
        "**It did not meet the exit**": onboarding["is_exit_met"].eq(False)
        & onboarding["is_settled"],
        "**It is in onboarding**": ~onboarding["is_settled"],
        "The others are not known.": onboarding["is_exit_met"].isna(),
    }
    app = page(published_demo, "account")
    for verdict, chosen in cases.items():
        line = onboarding[chosen.astype(bool)].iloc[0]
        text = said(opened(app, line["account_id"], part="People and value"))
        assert verdict in text
        assert f"It started on {_day(line['started_on'])}." in text
        for words, value in (
            ("Adoption", "–" if pd.isna(line["adoption_rate"]) else f"{line['adoption_rate']:.1%}"),
            ("Health", _number(line["health_score"], 1)),
            ("Key stakeholders known", _number(line["contacts_known"])),
        ):
            assert re.search(rf"{words}\s+{re.escape(value)}\s", text), (verdict, words, value)


def test_an_onboarding_that_ended_before_it_was_judged_says_so():
    from dashboard.views.account_value import verdict

    left = pd.Timestamp("2026-02-10")
    found = pd.Series(
        {"started_on": pd.Timestamp("2026-01-05"), "judged_on": left, "criteria_met": 2}
        | {"is_settled": True, "is_exit_met": False}
    )
    assert "**It left on 2026-02-10, before its onboarding was judged**" in verdict(found, left)
    assert "left" not in verdict(found, None)
    assert "did not meet the exit" in verdict(found, pd.Timestamp("2026-06-01"))


def test_the_value_report_has_the_last_quarters(published_demo, page):
    reports = tables(published_demo).of("rpt_value_report")
    with_value = reports[reports["value_amount"].astype(float) > 0]
    account = with_value["account_id"].value_counts().index[0]
    own = reports[reports["account_id"] == account].sort_values("quarter", ascending=False).head(8)
    app = opened(page(published_demo, "account"), account, part="People and value")
    [body, *_] = [h.proto.body for h in app.get("html") if ">Price a year" in h.proto.body]
    assert body.count("<tr>") == 1 + len(own)
    for line in own.itertuples():
        assert f'data-name="Quarter">{pd.Period(line.quarter, "Q").year} Q' in body
        assert f">{float(line.investment):,.0f}</td>" in body
        assert f">{float(line.value_amount):,.0f}</td>" in body


def test_what_the_extracts_lack_is_said(published_two, page):
    account = tables(published_two).of("dim_accounts").iloc[0]["account_id"]
    app = page(published_two, "account")
    texts = "\n".join(said(opened(app, account, part=part)) for part in PARTS)
    for feed in ("usage", "tickets", "surveys", "contacts", "activities", "objectives", "invoices"):
        assert f"Your extracts have no {feed}." in texts


def test_a_churned_account_says_when_and_why_it_left(published_demo, page):
    churns = tables(published_demo).of("fct_churn_events")
    accounts = tables(published_demo).of("dim_accounts").set_index("account_id")
    gone = accounts[accounts["status"] == "churned"].index[0]
    latest = churns[churns["account_id"] == gone].sort_values("churned_on").iloc[-1]
    app = page(published_demo, "account", account=gone)
    assert f"it left on {_day(latest['churned_on'])}" in said(app)
    assert figures(app)["Reason"] != "–"


def test_paper_has_no_controls(published_demo, page):
    [(account, _), *_] = sample(published_demo, 1)
    app = page(published_demo, "account", account=account, print="1")
    assert not app.selectbox
    assert not app.dataframe
    assert not app.get("tab")
    assert "Brief for a business review" in said(app)


def test_names_of_the_extracts_are_no_markup(published_demo, page, monkeypatch):
    from dashboard import sheets
    from dashboard.views import account_base

    assert account_base.said("A*B_c [x](y)") == r"A\*B\_c \[x\](y)"
    frame = pd.DataFrame({"text": ["<script>1</script>"]})
    monkeypatch.setattr(sheets.data, "definitions", lambda _: {})
    assert "<script>" not in sheets.html(frame, "x", {}, {}, (), None)


def _number(value: object, decimals: int = 0) -> str:
    return "–" if pd.isna(value) else f"{float(value):,.{decimals}f}"


def _day(value: object) -> str:
    return "–" if pd.isna(value) else f"{pd.Timestamp(value):%Y-%m-%d}"


def _rows(frame: pd.DataFrame, columns: pd.Index) -> list[tuple]:
    """Rows in an order of their own, with one form of each value."""
    return sorted(
        (tuple(_plain(value) for value in line) for line in frame[list(columns)].to_numpy(object)),
        key=repr,
    )


def _plain(value: object) -> object:
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    if isinstance(value, date | str):
        return value
    number = float(value)
    return None if math.isnan(number) else round(number, 6)
