"""README, docs and analyses show the demo's figures."""

import shutil
from pathlib import Path

import pytest
from conftest import PROJECT, Build, dbt


@pytest.fixture(scope="module")
def analyses(demo: Build, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The compiled analyses by name."""
    # In a home of its own: the demo's build file is held open for reading.
    home = tmp_path_factory.mktemp("analyses")
    (home / "target").mkdir()
    # Parsed by the demo's build, so that it need not be again.
    shutil.copy(demo.target / "partial_parse.msgpack", home / "target")
    done = dbt("compile", home, "--quiet", "--select", "path:analyses")
    assert done.returncode == 0, done.output
    folder = done.target / "compiled" / "customer_success_warehouse" / "analyses"
    return {path.stem: path for path in folder.glob("*.sql")}


def markdown(columns: list[str], rows: list[tuple]) -> str:
    lines = [columns, ["---"] * len(columns), *([str(value) for value in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def test_every_analysis_answers(analyses, marts):
    assert len(analyses) == len(list((PROJECT / "analyses").glob("*.sql")))
    for name, path in analyses.items():
        assert marts.execute(path.read_text()).fetchall(), f"{name} returns nothing"


def test_readme_names_every_mart(demo: Build):
    readme = (PROJECT / "README.md").read_text()
    entities = (PROJECT / "docs" / "entities.md").read_text()
    for node in demo.manifest["nodes"].values():
        if node["resource_type"] == "model" and node["schema"] in ("marts", "quality"):
            assert f"`{node['name']}`" in readme
            assert node["name"] in entities


def test_docs_show_what_precedes_churn(analyses, marts):
    docs = (PROJECT / "docs" / "metrics.md").read_text()
    rows = marts.execute(analyses["indicators_before_churn"].read_text()).fetchall()
    lost = {label: (percent, of_all) for label, _, _, _, percent, of_all, _ in rows}
    words = {
        "request to cancel": "after a request to cancel",
        "two weeks of silence": "after two weeks of silence",
        "complaint about price": "after a complaint about price",
        "competitor evaluated": "after an evaluation of competitors",
        "logins fall": "after falling logins",
    }
    for label, after in words.items():
        assert f"{lost[label][0]:g} % {after}" in docs
        assert f"({lost[label][1]:g} % of all were)" in docs


def test_docs_show_how_scores_predict_churn(marts):
    text = (PROJECT / "docs" / "health_validation.md").read_text()
    for scheme, observations, churns, auc, lift, flagged, verdict, is_active in marts.execute(
        "select scheme, observations, churns, auc, worst_decile_lift, flagged_60_days_ahead,"
        " verdict, scheme in (select scheme from marts.fct_health_scores where is_active_scheme)"
        " from marts.rpt_health_validation where touch_tier = 'all' and horizon_days = 90"
    ).fetchall():
        name = f"`{scheme}` (in use)" if is_active else f"`{scheme}`"
        row = f"| {name} | {observations:,} | {churns} | {auc:.3f} | {lift:.1f} × "
        row += f"| {100 * flagged:.1f} % | {verdict} |"
        assert row in text, row
    statuses = marts.execute(
        "select band, observations, churns, churn_rate from marts.rpt_health_churn_rates"
        " where scheme in (select scheme from marts.fct_health_scores where is_active_scheme)"
        " and touch_tier = 'all' and horizon_days = 90 and band_type = 'status'"
    ).fetchall()
    assert statuses
    for status, observations, churns, rate in statuses:
        row = f"| {status} | {observations:,} | {churns} | {100 * rate:.1f} % |"
        assert row in text, row


def test_docs_say_how_the_forecasts_fared(marts):
    text = (PROJECT / "docs" / "forecast.md").read_text()
    for horizon, forecasts, *errors, is_better in marts.execute(
        "select horizon, past_forecasts, mape, carry_forward_mape, trailing_rates_mape,"
        " beats_baselines from marts.fct_mrr_forecast"
        " where touch_tier = 'all' and horizon in (1, 3, 6, 12)"
    ).fetchall():
        cells = [f"{100 * error:.2f} %" for error in errors]
        row = [horizon, forecasts, *cells, "yes" if is_better else "no"]
        assert f"| {' | '.join(str(cell) for cell in row)} |" in text, row
    recent = marts.execute(
        "select horizon_months, count_if(method = 'model'), avg(ape) filter (method = 'model'),"
        " avg(ape) filter (method = 'carry_forward'), avg(ape) filter (method = 'trailing_rates')"
        " from marts.rpt_forecast_backtest where touch_tier = 'all' and figure = 'mrr'"
        " and horizon_months in (1, 3, 6, 12) and made_on > ("
        "  select max(made_on) - interval 24 month from marts.rpt_forecast_backtest"
        ") group by horizon_months"
    ).fetchall()
    for horizon, forecasts, *errors in recent:
        is_better = errors[0] < min(errors[1:])
        cells = [f"{100 * error:.2f} %" for error in errors]
        row = [horizon, forecasts, *cells, "yes" if is_better else "no"]
        assert f"| {' | '.join(str(cell) for cell in row)} |" in text, row
        if horizon == 3:
            assert errors[0] <= 0.03
            assert is_better
    for figure, horizon, error in marts.execute(
        "select figure, horizon_months, avg(error) from marts.rpt_forecast_backtest"
        " where method = 'model' and touch_tier = 'all' and figure <> 'mrr'"
        " and horizon_months in (3, 12) group by all"
    ).fetchall():
        assert f"| {figure.upper()} | {horizon} | {100 * error:+.1f} points |" in text, (
            figure,
            horizon,
            error,
        )
        assert figure == "nrr" or abs(error) <= 0.015
    for tier, tested, covered in marts.execute(
        "select touch_tier, count(*), avg(inside_p10_p90::int) from marts.rpt_forecast_backtest"
        " where figure = 'mrr' and touch_tier <> 'all' and inside_p10_p90 is not null group by all"
    ).fetchall():
        assert f"| {tier} | {tested} | {100 * covered:.0f} % |" in text, (tier, tested, covered)
        assert tested < 24 or 0.7 <= covered <= 0.9
    decided, lost, policy, calibrated = marts.execute(
        "select count(*), count_if(outcome = 'lost'),"
        " avg(-ln(if(outcome = 'renewed', policy_probability, 1 - policy_probability))),"
        " avg(-ln(if(outcome = 'renewed', calibrated_probability, 1 - calibrated_probability)))"
        " from marts.fct_renewals where outcome <> 'open' and not has_given_notice"
    ).fetchone()
    assert calibrated < policy
    assert f"the {decided} decided renewals ({lost} lost)" in text
    assert f"log loss {calibrated:.3f} against {policy:.3f}" in text, (calibrated, policy)
    bands = marts.execute(
        "select probability_band, renewals, forecast_rate, actual_rate"
        " from marts.rpt_renewal_calibration where touch_tier = 'all' and renewals > 0"
    ).fetchall()
    assert len(bands) > 2
    for band, renewals, forecast, actual in bands:
        if band == "all":
            said = f"forecast {100 * forecast:.1f} %, and {100 * actual:.1f} % were renewed"
        else:
            said = f" {renewals} | {100 * forecast:.1f} % | {100 * actual:.1f} % |"
        assert said in text, said


def test_docs_walk_through_the_demo_s_coverage(analyses, marts):
    text = (PROJECT / "docs" / "coverage.md").read_text()
    cursor = marts.execute(analyses["coverage_by_tier"].read_text())
    columns, rows = [column[0] for column in cursor.description], cursor.fetchall()
    table = markdown(columns, rows)
    assert table in text, f"docs/coverage.md should show:\n{table}"
    tiers = {row[0]: dict(zip(columns, row, strict=True)) for row in rows}
    for tier in ("strategic", "enterprise", "mid_market"):
        assert f"**{tier}**: {tiers[tier]['arr_k']} ÷ {tiers[tier]['target_k']}" in text
        assert f"{tiers[tier]['accounts']} accounts at {tiers[tier]['cap']} each" in text
    assert f"for all {tiers['smb']['accounts']}." in text
    (rate,) = marts.execute(
        "select cost_to_serve_rate from marts.rpt_segment_performance where tier = 'high_touch'"
        " and tier_scheme = 'touch_tier'"
    ).fetchone()
    assert f"less than it should be: {100 * rate:.1f} % of ARR" in text
    elsewhere = marts.execute(
        "select distinct books.investment_tier, accounts.investment_tier"
        " from marts.dim_accounts as accounts inner join marts.rpt_csm_books as books"
        " using (csm_id) where accounts.mrr > 0"
    ).fetchall()
    assert {("mid_market", "enterprise"), ("smb", "enterprise")} <= set(elsewhere)


def test_docs_show_the_playbooks_of_the_demo(analyses, marts):
    text = (PROJECT / "docs" / "playbooks.md").read_text()
    cursor = marts.execute(analyses["playbooks_at_work"].read_text())
    table = markdown([column[0] for column in cursor.description], cursor.fetchall())
    assert table in text, f"docs/playbooks.md should show:\n{table}"
    shares = marts.execute(
        "with renewals as (select *, account_id in ("
        " select account_id from marts.fct_playbook_tasks where task_id is not null"
        ") as is_recorded from marts.fct_playbook_tasks where playbook = 'renewal')"
        " select avg((not is_recorded)::int) from renewals where status = 'overdue'"
    ).fetchone()
    assert shares[0] > 0.5, "most overdue tasks belong to accounts whose tasks nobody records"
