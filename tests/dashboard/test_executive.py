"""The page Executive: its figures are those of the marts, for the company and for a touch tier."""

from collections.abc import Mapping
from datetime import date
from html import escape
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data
from dashboard.views import executive_rows

SECTIONS = ("business_outcome", "leading", "activity", "this_quarter")
DECISIONS = ("retention", "segmentation", "coverage", "next_hire")
TIERS = ("all", "high_touch", "low_touch", "tech_touch")
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
    sql = data.QUERIES["executive"][name]
    wanted = {key: parameters[key] for key in data.PARAMETER.findall(sql)}
    path = published / "published" / data.DATABASE
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql, wanted).df()


def as_of(published: Path) -> pd.Timestamp:
    """The day of the facts."""
    path = published / "published" / data.DATABASE
    with duckdb.connect(str(path), read_only=True) as connection:
        return pd.Timestamp(connection.execute("from quality.runs").df()["as_of_date"].iloc[-1])


def said(app: AppTest) -> str:
    """All text of the page."""
    elements = (*app.caption, *app.markdown, *app.info, *app.subheader)
    return "\n".join(str(element.value) for element in elements)


def segment(tier: str) -> tuple[str, str]:
    return ("all" if tier == "all" else "touch_tier"), tier


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    """Both hold the same rows in the same order."""
    assert len(other)
    pd.testing.assert_frame_equal(
        one.reset_index(drop=True), other.reset_index(drop=True), check_dtype=False, atol=1e-9
    )


@pytest.mark.parametrize("company", COMPANIES)
@pytest.mark.parametrize("section", SECTIONS)
def test_page_opens_on_every_company(company, section, page, request):
    app = page(request.getfixturevalue(company), "executive", section=section)
    assert not app.exception
    assert not app.error
    assert not app.warning


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("section", SECTIONS)
def test_tiles_are_those_of_the_scorecard(published_demo, page, tier, section):
    app = page(published_demo, "executive", tier=tier, section=section)
    figures = parquet(published_demo, "rpt_executive_scorecard")
    values = parquet(published_demo, "rpt_scorecard_tiers")
    of_tier = values[values["touch_tier"] == tier].drop(columns=["value", "unit"])
    expected = figures.loc[figures["section"] == section, ["figure", "label", "sort_order"]].merge(
        of_tier, on="figure"
    )
    expected = expected.sort_values("sort_order")
    shown = [(tile.label, tile.value, tile.delta or None) for tile in app.metric[: len(expected)]]
    changes = [None if pd.isna(change) else change for change in expected["display_change"]]
    assert len(expected) > 5
    assert shown == list(zip(expected["label"], expected["display_value"], changes, strict=True))


def test_a_status_is_a_word_beside_its_colour(published_demo, page):
    app = page(published_demo, "executive")
    chips = " ".join(str(element.proto.body) for element in app.get("html"))
    judged = parquet(published_demo, "rpt_executive_scorecard")
    for status, word in (("green", "Green"), ("yellow", "Yellow"), ("red", "Red")):
        count = (judged["status"] == status).sum()
        assert f"{count} {word.lower()}" in chips
    outcomes = judged[judged["section"] == "business_outcome"].set_index("figure")
    good = outcomes.loc["grr", "display_good"]
    assert f"{outcomes.loc['grr', 'status'].capitalize()}, good from {good}" in chips
    assert "good from" not in " ".join(
        str(element.proto.body)
        for element in page(published_demo, "executive", tier="low_touch").get("html")
    )


@pytest.mark.parametrize("tier", TIERS)
def test_lines_are_the_last_twelve_complete_months(published_demo, tier):
    found = query(published_demo, "history", tier=tier, section="leading")
    history = parquet(published_demo, "rpt_scorecard_history")
    figures = parquet(published_demo, "rpt_executive_scorecard")
    months = sorted(history["month"].unique())[-12:]
    expected = history[(history["touch_tier"] == tier) & history["month"].isin(months)].merge(
        figures.loc[figures["section"] == "leading", ["figure", "sort_order"]], on="figure"
    )
    expected = expected.sort_values(["sort_order", "month"])
    same(found, expected[["figure", "month", "value"]])
    assert found.groupby("figure").size().max() == 12


@pytest.mark.parametrize("tier", TIERS)
def test_health_mix_is_that_of_the_marts(published_demo, tier):
    day = as_of(published_demo)
    found = query(published_demo, "health_mix", tier=tier, as_of=day.date())
    mix = parquet(published_demo, "rpt_health_mix")
    kind, name = segment(tier)
    mix = mix[(mix["segment_type"] == kind) & (mix["segment"] == name)]
    dates = {day, *pd.date_range(day - pd.DateOffset(months=25), day, freq="ME")}
    mix = mix[
        mix["snapshot_date"].isin(dates) & (mix["snapshot_date"] > day - pd.DateOffset(months=25))
    ]
    mix = mix.sort_values(["snapshot_date", "status_rank"])
    same(
        found[["snapshot_date", "health_status", "accounts"]],
        mix[["snapshot_date", "health_status", "accounts"]],
    )
    for column in ("accounts", "arr"):
        amounts = mix[column].astype(float)
        whole = amounts.groupby(mix["snapshot_date"]).transform("sum")
        same(found[[f"share_of_{column}"]], (amounts / whole).to_frame(f"share_of_{column}"))


@pytest.mark.parametrize("tier", TIERS)
def test_renewals_of_the_quarter_add_up(published_demo, page, tier):
    day = as_of(published_demo)
    quarter = day.to_period("Q")
    facts = parquet(published_demo, "fct_renewals")
    facts = facts[facts["renewal_on"].dt.to_period("Q") == quarter]
    if tier != "all":
        facts = facts[facts["touch_tier"] == tier]
    sums = facts[["arr_up", "secured_arr", "open_arr", "lost_arr"]].astype(float).sum()
    at_risk = facts.loc[facts["is_at_risk"], "open_arr"].astype(float).sum()
    [found] = query(published_demo, "renewals", tier=tier, as_of=day.date()).to_dict("records")
    assert found["renewals"] == len(facts)
    assert found["scored_renewals"] == (facts["health_status"] != "unscored").sum()
    assert found["arr_up"] == pytest.approx(sums["arr_up"])
    assert found["secured_arr"] == pytest.approx(sums["secured_arr"])
    assert found["at_risk_arr"] == pytest.approx(at_risk)
    assert found["open_arr"] == pytest.approx(sums["open_arr"] - at_risk)
    assert found["lost_arr"] == pytest.approx(sums["lost_arr"])
    tiles = {tile.label: tile.value for tile in page(published_demo, "executive", tier=tier).metric}
    assert tiles["Secured"] == f"USD {sums['secured_arr']:,.0f}"
    assert tiles["Open and at risk"] == f"USD {at_risk:,.0f}"
    parts = query(published_demo, "renewals_by_quarter", tier=tier, as_of=day.date())
    by_quarter = parts.groupby("quarter")["share_of_arr_up"].sum()
    assert by_quarter.to_numpy() == pytest.approx([1.0] * len(by_quarter))
    this = parts[parts["quarter"] == quarter.start_time].set_index("part")["arr"].astype(float)
    assert this["at_risk"] == pytest.approx(at_risk)
    assert this.sum() == pytest.approx(sums["arr_up"])


@pytest.mark.parametrize("tier", TIERS)
def test_renewals_to_watch_are_at_risk_or_lost(published_demo, tier):
    day = as_of(published_demo)
    found = query(published_demo, "renewals_to_watch", tier=tier, as_of=day.date())
    facts = parquet(published_demo, "fct_renewals")
    facts = facts[facts["renewal_on"].dt.to_period("Q") == day.to_period("Q")]
    facts = facts[facts["is_at_risk"] | (facts["lost_arr"] > 0)]
    if tier != "all":
        facts = facts[facts["touch_tier"] == tier]
    assert sorted(found["account_id"]) == sorted(facts["account_id"])
    assert found["open_arr"].astype(float).sum() == pytest.approx(
        facts["open_arr"].astype(float).sum()
    )
    assert set(found["outlook"]) <= {"at_risk", "lost"}


@pytest.mark.parametrize("tier", TIERS)
def test_leaks_headline_and_moves_are_the_latest(published_demo, page, tier):
    kind, name = segment(tier)
    words = parquet(published_demo, "rpt_retention_decomposition")
    words = words[(words["segment_type"] == kind) & (words["segment"] == name)]
    latest = words.sort_values("quarter").iloc[-1]
    text = said(page(published_demo, "executive", tier=tier)).replace("\\", "")
    assert latest["headline"] in text
    leaks = parquet(published_demo, "rpt_leakage_points")
    leaks = leaks[(leaks["segment_type"] == kind) & (leaks["segment"] == name)]
    leaks = leaks[leaks["quarter"] == latest["quarter"]].sort_values("rank").head(10)
    columns = ["rank", "reason_category", "tier", "accounts"]
    same(query(published_demo, "leaks", tier=tier)[columns], leaks[columns])
    moves = parquet(published_demo, "rpt_health_moves")
    moves = moves[(moves["segment_type"] == kind) & (moves["segment"] == name)]
    moves = moves[moves["month_end"] == moves["month_end"].max()]
    moves = moves[(moves["previous_status"] != moves["health_status"]) & (moves["accounts"] > 0)]
    found = query(published_demo, "moves", tier=tier)
    columns = ["previous_status", "health_status", "accounts"]
    same(found[columns].sort_values(columns), moves[columns].sort_values(columns))
    assert list(found["arr"]) == sorted(found["arr"], reverse=True)


def test_attention_lists_the_red_figures(published_demo):
    judged = parquet(published_demo, "rpt_executive_scorecard")
    red = judged[judged["status"] == "red"].sort_values("sort_order")
    columns = ["figure", "display_value", "display_good"]
    same(query(published_demo, "attention")[columns], red[columns])
    counted = query(published_demo, "statuses").set_index("status")["figures"]
    assert counted.to_dict() == judged["status"].value_counts().to_dict()
    assert list(query(published_demo, "sections")["section"]) == list(SECTIONS)
    assert list(query(published_demo, "tiers")["touch_tier"]) == list(TIERS)


def behind(published: Path, table: str, filters: Mapping[str, object]) -> pd.DataFrame:
    """The rows of a link, filtered here again."""
    found = parquet(published, table)
    for key, value in filters.items():
        column, _, bound = key.rpartition("__")
        values = found[column or key]
        wanted = pd.Timestamp(value) if isinstance(value, date) else value
        if bound == "from" and column:
            found = found[values >= wanted]
        elif bound == "to" and column:
            found = found[values <= wanted]
        else:
            found = found[values == wanted]
    return found


@pytest.mark.parametrize("tier", ["all", "low_touch"])
def test_every_figure_leads_to_rows(published_demo, tier):
    figures = parquet(published_demo, "rpt_executive_scorecard")
    values = parquet(published_demo, "rpt_scorecard_tiers")
    known = set(values.loc[values["touch_tier"] == tier, "figure"])
    assert len(known) > 50
    found = {}
    for line in figures[figures["figure"].isin(known)].itertuples():
        link = executive_rows.of_figure(line.figure, tier, line.period, line.period_grain)
        assert link is not None, line.figure
        found[line.figure] = behind(published_demo, *link)
        assert len(found[line.figure]), line.figure
    value = values[values["touch_tier"] == tier].set_index("figure")["value"]
    for figure in ("customers", "logos_lost", "renewals_due"):
        assert len(found[figure]) == value[figure], figure
    for figure in ("healthy", "stable", "at_risk", "critical", "emergency"):
        share = len(found[f"share_{figure}"]) / len(found["customers"])
        assert share == pytest.approx(value[f"share_{figure}"])
    for figure in sorted(known & {"nrr", "nrr_smb", "nrr_strategic"}):
        base = found[figure][["starting_mrr", "ending_mrr"]].astype(float).sum()
        assert base["ending_mrr"] / base["starting_mrr"] == pytest.approx(value[figure])
    arr = found["renewals_at_risk_arr"]["open_arr"].astype(float).sum()
    assert arr == pytest.approx(value["renewals_at_risk_arr"])
    pipeline = found["renewals_secured_arr"]["secured_arr"].astype(float).sum()
    assert pipeline == pytest.approx(value["renewals_secured_arr"])


def test_filters_are_in_the_url(published_demo, page):
    app = page(published_demo, "executive", tier="low_touch", measure="accounts")
    assert app.selectbox(key="tier").value == "low_touch"
    app.selectbox(key="tier").set_value("tech_touch").run()
    assert app.query_params["tier"] == "tech_touch"
    app.selectbox(key="tier").set_value("all").run()
    assert "tier" not in app.query_params
    assert page(published_demo, "executive", tier="nonsense").selectbox(key="tier").value == "all"


@pytest.mark.parametrize("company", ["published_few", "published_two"])
def test_what_is_missing_is_said(company, page, request):
    published = request.getfixturevalue(company)
    app = page(published, "executive", section="leading")
    figures = parquet(published, "rpt_executive_scorecard")
    missing = figures[(figures["section"] == "leading") & figures["value"].isna()]
    text = said(app)
    assert len(missing) > 3
    assert "docs/bring_your_own_data.md" in text
    for label in missing["label"]:
        assert f"**{label}**" in text
    assert not {tile.label for tile in app.metric} & set(missing["label"])


def test_the_memo_says_each_line_of_the_mart_in_its_card(published_demo, page):
    lines = parquet(published_demo, "rpt_board_memo").sort_values(["decision", "line"])
    found = query(published_demo, "memo")
    same(
        found.sort_values(["decision", "line"])[["decision", "line", "section", "text", "mart"]],
        lines[["decision", "line", "section", "text", "mart"]],
    )
    assert found["decision"].drop_duplicates().tolist() == list(DECISIONS)
    app = page(published_demo, "executive")
    assert not app.exception
    text = said(app).replace("\\", "")
    sheets = [str(element.proto.body) for element in app.get("html")]
    evidence = [sheet for sheet in sheets if ">Evidence</th>" in sheet]
    steps = [sheet for sheet in sheets if ">Step</th>" in sheet]
    for place, decision in enumerate(DECISIONS):
        part = lines[lines["decision"] == decision]
        for line in part[part["section"].isin(["bottom_line", "decision", "your_decision"])][
            "text"
        ]:
            assert line in text
        for line in part[part["section"] == "evidence"].itertuples():
            figure, _, stated = line.text.removesuffix(".").rpartition(": ")
            assert f">{escape(figure)}</a>" in evidence[place]
            assert f">{escape(stated)}</td>" in evidence[place]
            assert f'data-name="Mart">{line.mart}</td>' in evidence[place]
        chosen = part[part["section"] == "how_to_act"]
        assert len(chosen) == 3
        for line in chosen.itertuples():
            assert f">{escape(line.text)}</td>" in steps[place]
            assert f">{line.due_on:%Y-%m-%d}</td>" in steps[place]


def test_a_line_of_evidence_leads_to_the_row_that_holds_it(published_demo, monkeypatch):
    from urllib.parse import parse_qsl

    from dashboard.views import executive_memo

    monkeypatch.setenv("CS_PUBLISHED_DIR", str(published_demo))
    data.open_view()
    lines = parquet(published_demo, "rpt_board_memo")
    for _, line in lines[lines["section"] == "evidence"].iterrows():
        address, _, filters = executive_memo.row_url(line).partition("?")
        wanted = dict(parse_qsl(filters))
        rows = parquet(published_demo, wanted.pop("table"))
        for column, value in wanted.items():
            rows = rows[rows[column] == value]
        column = "value" if line["mart"] == "rpt_executive_scorecard" else line["figure"]
        assert address == "rows"
        assert float(line["value"]) in [
            pytest.approx(float(value)) for value in rows[column].dropna()
        ], line["text"]


@pytest.mark.parametrize("company", ["published_few", "published_two"])
def test_a_memo_of_few_data_has_decisions_and_no_flaw(company, page, request):
    published = request.getfixturevalue(company)
    app = page(published, "executive")
    decisions = parquet(published, "rpt_board_memo")["decision"].nunique()
    assert not app.exception
    assert said(app).count("Your decision:") == decisions
