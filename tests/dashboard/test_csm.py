"""The page CSM today: one CSM's list and book are those of the marts."""

from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data

COMPANIES = ("published_demo", "published_few", "published_two")


def parquet(published: Path, table: str) -> pd.DataFrame:
    """A published table, its dates as timestamps."""
    found = pd.read_parquet(published / "published" / f"{table}.parquet")
    for column in found.columns:
        if isinstance(found[column].dropna().head(1).squeeze(), date):
            found[column] = pd.to_datetime(found[column])
    return found


def query(published: Path, name: str, **parameters: object) -> pd.DataFrame:
    """The rows of a query of the page."""
    sql = data.QUERIES["csm"][name]
    wanted = {key: parameters[key] for key in data.PARAMETER.findall(sql)}
    path = published / "published" / data.DATABASE
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql, wanted).df()


def csms(published: Path) -> list[str]:
    return parquet(published, "rpt_csm_books")["csm_id"].tolist()


def said(app: AppTest) -> str:
    """All text of the page."""
    elements = (*app.caption, *app.markdown, *app.info, *app.subheader)
    return "\n".join(str(element.value) for element in elements).replace("\\", "")


@pytest.mark.parametrize("company", COMPANIES)
def test_page_opens_for_every_csm(company, page, request):
    published = request.getfixturevalue(company)
    for csm in csms(published):
        app = page(published, "csm", csm=csm)
        assert not app.exception
        assert not app.error
        assert app.selectbox(key="csm").value == csm


def test_tiles_are_those_of_the_book(published_demo, page):
    accounts = parquet(published_demo, "dim_accounts")
    books = parquet(published_demo, "rpt_csm_books").set_index("csm_id")
    for csm in csms(published_demo):
        tiles = {tile.label: tile.value for tile in page(published_demo, "csm", csm=csm).metric}
        owned = accounts[(accounts["csm_id"] == csm) & (accounts["mrr"] > 0)]
        below = owned[owned["health_status"].isin(["at_risk", "critical", "emergency"])]
        assert tiles["Accounts"] == f"{len(owned):,}"
        assert tiles["ARR"] == f"USD {owned['arr'].astype(float).sum():,.0f}"
        assert tiles["ARR below stable"] == f"USD {below['arr'].astype(float).sum():,.0f}"
        assert tiles["Backlog"] == f"{books.loc[csm, 'backlog_accounts']:,}"
        assert tiles["To do now"] == f"{books.loc[csm, 'now_lines']:,}"
        assert tiles["NRR of the book"] == f"{100 * books.loc[csm, 'book_nrr']:.1f}%"


def test_worklist_shows_each_line_with_reason_step_and_date(published_demo, page):
    lines = parquet(published_demo, "rpt_csm_worklist")
    for csm, wanted in lines.groupby("csm_id"):
        text = said(page(published_demo, "csm", csm=csm))
        for line in wanted.itertuples():
            assert line.why in text
            assert line.action in text
            if not pd.isna(line.due_on):
                assert f"Due {line.due_on:%Y-%m-%d}" in text
        assert f"**What cannot wait** ({(wanted['band'] == 'now').sum()})" in text
        assert f"**What is due this week** ({(wanted['band'] == 'this_week').sum()})" in text


def test_each_line_names_the_action_of_its_risk_and_who_takes_it(published_demo, page):
    lines = parquet(published_demo, "rpt_csm_worklist")
    labels = parquet(published_demo, "dim_labels").set_index(["domain", "code"])["label"]
    for csm, wanted in lines.groupby("csm_id"):
        text = said(page(published_demo, "csm", csm=csm))
        for line in wanted.itertuples():
            who = labels["role", line.risk_owner_role]
            if line.risk_level == "none":
                assert f"**Owner:** {who}" in text
            else:
                assert f"risk:** {line.risk_action} ({who})" in text
        escalated = wanted[wanted["escalation_level"] != "none"]
        assert text.count("**Escalated:**") == len(escalated)
        for level in escalated["escalation_level"]:
            assert f"**Escalated:** {labels['escalation_level', level]}" in text


def test_worklist_obeys_the_filters_in_the_url(published_demo, page):
    lines = parquet(published_demo, "rpt_csm_worklist")
    csm = lines["csm_id"].value_counts().index[0]
    of_csm = lines[lines["csm_id"] == csm].sort_values("priority_rank")
    late = of_csm[of_csm["days_overdue"] > 0]
    playbook = of_csm["playbook"].value_counts().index[0]
    one = of_csm[of_csm["playbook"] == playbook]
    assert 0 < len(late) < len(of_csm)
    assert 0 < len(one) < len(of_csm)
    ranks = ["priority_rank", "account_id", "due_on"]
    for overdue, chosen, expected in ((True, "all", late), (False, playbook, one)):
        found = query(published_demo, "worklist", csm=csm, playbook=chosen, overdue=overdue)
        assert found[ranks].values.tolist() == expected[ranks].values.tolist()
    app = page(published_demo, "csm", csm=csm, overdue="1", playbook=playbook)
    both = late[late["playbook"] == playbook]
    counted = sum(int(part.split(")")[0]) for part in said(app).split("** (")[1:3])
    assert counted == len(both)
    assert app.toggle(key="overdue").value
    found = query(published_demo, "playbooks", csm=csm)["playbook"]
    assert set(found) == set(of_csm["playbook"].dropna())


def test_choice_of_csm_is_in_the_url(published_demo, page):
    app = page(published_demo, "csm")
    first, *others = app.selectbox(key="csm").options
    assert first
    chosen = csms(published_demo)[-1]
    app.selectbox(key="csm").set_value(chosen).run()
    assert app.query_params["csm"] == chosen
    assert app.selectbox(key="csm").value == chosen
    assert len(others) == len(csms(published_demo)) - 1


def test_renewals_are_those_that_the_book_counts(published_demo):
    accounts = parquet(published_demo, "dim_accounts")
    books = parquet(published_demo, "rpt_csm_books")
    runs = duckdb.connect(str(published_demo / "published" / data.DATABASE), read_only=True)
    day = pd.Timestamp(runs.execute("select max(as_of_date) from quality.runs").fetchone()[0])
    for line in books.itertuples():
        found = query(published_demo, "renewals", csm=line.csm_id)
        owned = accounts[(accounts["csm_id"] == line.csm_id) & (accounts["mrr"] > 0)]
        near = owned[owned["next_renewal_on"] <= day + pd.Timedelta(days=90)]
        assert sorted(found["account_id"]) == sorted(near["account_id"])
        assert len(found) == line.renewals_90d
        assert found["arr_up"].astype(float).sum() == pytest.approx(float(line.renewals_90d_arr))
        assert found["next_renewal_on"].is_monotonic_increasing


def test_accounts_without_touch_and_the_book_are_those_of_the_marts(published_demo):
    accounts = parquet(published_demo, "dim_accounts")
    dark = 0
    for csm in csms(published_demo):
        owned = accounts[(accounts["csm_id"] == csm) & (accounts["mrr"] > 0)]
        found = query(published_demo, "dark", csm=csm)
        expected = owned[owned["is_dark"].fillna(value=False).astype(bool)]
        assert sorted(found["account_id"]) == sorted(expected["account_id"])
        state = query(published_demo, "known", csm=csm).iloc[0]
        assert state["dark_accounts"] == len(expected)
        assert state["judged_accounts"] == owned["is_dark"].notna().sum()
        assert state["dated_accounts"] == owned["next_renewal_on"].notna().sum()
        assert state["scored_accounts"] == (owned["health_status"] != "unscored").sum()
        assert sorted(query(published_demo, "accounts", csm=csm)["account_id"]) == sorted(
            owned["account_id"]
        )
        dark += len(expected)
    assert dark > 0


def test_health_of_the_book_is_that_of_the_mix(published_demo):
    mix = parquet(published_demo, "rpt_health_mix")
    day = mix["snapshot_date"].max()
    for csm in csms(published_demo):
        found = query(published_demo, "health_mix", csm=csm, as_of=day.date())
        wanted = mix[(mix["segment_type"] == "csm") & (mix["segment"] == csm)]
        wanted = wanted[
            (wanted["is_month_end"] | (wanted["snapshot_date"] == day))
            & (wanted["snapshot_date"] > day - pd.DateOffset(months=13))
        ].sort_values(["snapshot_date", "status_rank"])
        assert found["accounts"].tolist() == wanted["accounts"].tolist()
        totals = found.groupby("snapshot_date")["share_of_arr"].sum()
        assert totals.to_numpy() == pytest.approx([1.0] * len(totals))


@pytest.mark.parametrize("company", ["published_few", "published_two"])
def test_missing_csms_and_activities_are_said(company, page, request):
    text = said(page(request.getfixturevalue(company), "csm"))
    assert "Your extracts name no CSM" in text
    assert "Your extracts have no activities" in text
    assert "docs/bring_your_own_data.md" in text


def test_a_figure_that_nothing_feeds_is_a_dash(published_two, page):
    tiles = {tile.label: tile.value for tile in page(published_two, "csm").metric}
    accounts = parquet(published_two, "dim_accounts")
    assert tiles["Accounts"] == str((accounts["mrr"] > 0).sum())
    for label in ("Mean health", "ARR below stable", "ARR that renews in 90 days"):
        assert tiles[label] == "–"
