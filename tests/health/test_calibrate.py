"""Weights from a company's own churn: the fit, its measures, its refusals, and the way into use."""

import csv
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest
from conftest import Build, dbt

from benchmarks.builds import PROJECT, WITHOUT_UNIT_TESTS, environment_of
from pipeline import calibrate as calibration
from pipeline.calibrate import calibrate, has_evidence, informative, split
from pipeline.calibrate_fit import fit_curve, fit_weights, health
from pipeline.calibrate_history import History, Rules, read_history
from pipeline.calibrate_measures import Separation, separation
from pipeline.calibrate_penalty import best_penalty
from pipeline.calibrate_proposal import write_proposal
from pipeline.calibrate_report import Gain
from pipeline.outcomes import ExitCode, Refused
from pipeline.settings import Settings

RULES = Rules(
    horizon_days=90,
    min_coverage=0.5,
    min_churns=2,
    auc_lead=0.03,
    least_churns=30,
)
BANDS = (("well", 50.0), ("poor", 0.0))


def accounts(count: int, metrics: int, missing: float, seed: int = 1) -> np.ndarray:
    """Scores of the usual bands, some of them missing and no account without any."""
    random = np.random.default_rng(seed)
    scores = 20.0 * random.integers(0, 6, size=(count, metrics))
    scores[random.random((count, metrics)) < missing] = np.nan
    scores[np.isnan(scores).all(axis=1), 0] = 40.0
    return scores


def churn(scores: np.ndarray, intercept: float, slope: float, seed: int = 2) -> np.ndarray:
    """Who leaves, if a score of 0 to 100 decides by a logistic curve."""
    chance = 1 / (1 + np.exp(slope * scores / 100 - intercept))
    return np.random.default_rng(seed).random(len(scores)) < chance


def history(churns: int, months: int = 24, per_month: int = 100) -> History:
    """Month-ends of accounts whose one metric says who leaves next, with that many churns."""
    days = np.array(
        [np.datetime64(f"{2024 + m // 12}-{m % 12 + 1:02}-28") for m in range(months)]
    ).repeat(per_month)
    rows = months * per_month
    left = np.linspace(0, rows - 1, churns).round().astype(int) if churns else []
    numbers = np.full(rows, -1)
    numbers[left] = np.arange(churns)
    scores = np.column_stack([np.where(numbers >= 0, 20.0, 80.0), np.full(rows, 60.0)])
    return History(
        days=days,
        ends=days + 90,
        accounts=np.arange(rows) % per_month,
        churns=numbers,
        metrics=("tells", "constant"),
        scores=scores,
        schemes={"blind": np.full(rows, 50.0)},
        active_scheme="blind",
        active_weights={},
        bands=BANDS,
        rules=RULES,
    )


# --- the fit -----------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", [0.0, 0.3], ids=["complete", "with_missing_scores"])
def test_the_fit_finds_the_weights_that_made_the_churn(missing: float):
    weights = np.array([0.5, 0.3, 0.2, 0.0, 0.0])
    scores = accounts(40_000, 5, missing)
    score, _ = health(scores, weights)
    known = ~np.isnan(score)
    scores, score = scores[known], score[known]
    fit = fit_weights(scores, churn(score, intercept=1.0, slope=6.0), penalty=1.0)
    assert fit.slope == pytest.approx(6, abs=0.4)
    assert fit.intercept == pytest.approx(1, abs=0.2)
    assert fit.weights / fit.slope == pytest.approx(weights, abs=0.03)


def test_a_metric_that_rises_before_churn_weighs_nothing():
    scores = accounts(5_000, 2, missing=0)
    fit = fit_weights(scores, churn(100 - scores[:, 1], intercept=1, slope=6), penalty=1.0)
    assert (fit.weights >= 0).all()
    assert fit.weights[1] < 1e-6


def test_a_higher_penalty_makes_smaller_weights():
    scores = accounts(500, 3, missing=0.2)
    churned = churn(health(scores, np.ones(3))[0], intercept=1, slope=6)
    slopes = [fit_weights(scores, churned, penalty).slope for penalty in (0.1, 10, 1000)]
    assert slopes == sorted(slopes, reverse=True)


def test_a_penalty_draws_weights_to_the_usual_ones():
    scores = accounts(500, 3, missing=0.2)
    churned = churn(health(scores, np.array([1.0, 0, 0]))[0], intercept=1, slope=6)
    usual = np.array([0.0, 2.0, 1.0])
    far, near = (fit_weights(scores, churned, penalty, usual).weights for penalty in (0.1, 1e5))
    assert near == pytest.approx(usual, abs=0.01)
    assert far[0] > 3


@pytest.mark.parametrize(("rows", "penalties"), [(20_000, {1.0, 3.0}), (150, {300.0, 1000.0})])
def test_held_out_accounts_decide_how_far_weights_leave_the_usual_ones(
    rows: int, penalties: set[float]
):
    """Many churns show that the usual weights are wrong. Few churns without a pattern do not."""
    scores = accounts(rows, 3, missing=0.1)
    decides = np.array([1.0, 0, 0]) if rows > 1000 else np.array([0, 1.0, 0.5])
    churned = churn(health(scores, decides)[0], intercept=-1, slope=3)
    known = ~np.isnan(health(scores, decides)[0])
    numbers = np.arange(rows)[known]
    chosen = best_penalty(scores[known], churned[known], numbers, np.array([0.0, 2.0, 1.0]))
    assert chosen in penalties


def test_the_usual_weights_are_those_in_use_by_what_their_score_predicts():
    found = history(churns=60)
    found = replace(
        found, active_weights={"tells": 0.6, "other": 0.4}, schemes={"blind": found.scores[:, 0]}
    )
    every_row = np.ones(len(found.days), dtype=bool)
    usual = calibration.usual_weights(found, every_row, ["constant", "tells"])
    assert usual[0] == 0
    assert usual[1] > 1


def test_a_curve_predicts_as_many_churns_as_it_was_fitted_to():
    scores = 100 * np.random.default_rng(3).random(2_000)
    churned = churn(scores, intercept=-1, slope=4)
    predicted = fit_curve(scores, churned).probabilities(scores).sum()
    assert predicted == pytest.approx(churned.sum(), rel=1e-3)


def test_health_is_the_mean_of_the_scores_that_an_account_has():
    """As the warehouse computes it: of weights 1 and 3, a missing score leaves all to the other."""
    scores = np.array([[100, 20], [100, np.nan], [np.nan, 20], [np.nan, np.nan]])
    score, coverage = health(scores, np.array([1.0, 3.0]))
    assert score[:3] == pytest.approx([40, 100, 20])
    assert np.isnan(score[3])
    assert coverage == pytest.approx([1, 0.25, 0.75, 0])


def test_metrics_without_news_are_left_out():
    scores = np.array([[0, 1, 1, 5, np.nan], [2, 4, 4, 5, np.nan], [3, np.nan, np.nan, 5, np.nan]])
    assert informative(scores) == [0, 1]


def test_evidence_goes_by_the_metrics_that_are_usual():
    """Two metrics that all but one account have, and one that a single account has."""
    scores = np.array([[1, 1, np.nan]] * 3 + [[1, np.nan, 1]])
    assert has_evidence(scores, 0.5).tolist() == [True] * 4
    assert has_evidence(scores, 0.7).tolist() == [True] * 3 + [False]


# --- the measures ------------------------------------------------------------------------------


def test_ties_count_half():
    measured = separation(
        np.array([10.0, 20, 20, 30, np.nan]), np.array([True, True, False, False, True])
    )
    assert measured == Separation(4, 2, 0.875, None)


def test_measures_are_those_of_the_warehouse(demo: Build, marts: duckdb.DuckDBPyConnection):
    found = read_history(Settings(warehouse=demo.home, target_dir=demo.target))
    published = marts.execute(
        "select scheme, observations, churns, auc, worst_decile_lift, is_active_scheme"
        " from marts.rpt_health_validation where touch_tier = 'all' and horizon_days = 90"
    ).fetchall()
    assert published
    for scheme, observations, churns, auc, lift, is_active in published:
        measured = separation(found.schemes[scheme], found.churned)
        assert (measured.observations, measured.churns) == (observations, churns)
        assert measured.auc == pytest.approx(auc, abs=1e-9)
        assert measured.worst_decile_lift == pytest.approx(lift, abs=1e-9)
        assert is_active == (scheme == found.active_scheme)


# --- the parts of the history ------------------------------------------------------------------


def test_the_later_third_judges_and_the_fit_knows_none_of_its_churn():
    found = history(churns=60)
    earlier, later = split(found)
    first_later = found.days[later].min()
    assert len(np.unique(found.days[later])) == 8
    assert (found.ends[earlier] <= first_later).all()
    between = ~earlier & ~later
    assert (found.ends[between] > first_later).all()
    assert (found.days[between] < first_later).all()


# --- refusals ----------------------------------------------------------------------------------


def test_thirty_churns_are_enough_and_one_less_is_not():
    calibration.check_churns(history(churns=30))
    with pytest.raises(Refused, match=r"has 29 churns .* need 30"):
        calibration.check_churns(history(churns=29))


def test_without_a_score_there_is_nothing_to_learn():
    found = history(churns=60)
    with pytest.raises(Refused, match="No customer has a health score"):
        calibration.check_churns(replace(found, schemes={"blind": 0 * found.scores[:, 0] + np.nan}))


def test_month_ends_without_scores_are_not_counted():
    """A year before the first score changes no part."""
    found = history(churns=60)
    scores = np.where(found.days < np.datetime64("2025-01-01"), np.nan, 50.0)
    later_year = found.days >= np.datetime64("2025-01-01")
    parts = split(replace(found, schemes={"blind": scores}))
    assert not parts[0][~later_year].any()
    assert len(np.unique(found.days[parts[1]])) == 4


def test_a_churn_that_several_month_ends_see_counts_once():
    found = history(churns=60)
    several = replace(found, churns=np.where(found.churned, found.churns // 3, -1))
    with pytest.raises(Refused, match="has 20 churns"):
        calibration.check_churns(several)


def test_both_parts_of_the_history_need_churns():
    found = history(churns=60)
    early_only = np.where(found.days < np.datetime64("2025-01-01"), found.churns, -1)
    with pytest.raises(Refused, match="The later part of the history has 0 churns"):
        split(replace(found, churns=early_only))


def test_no_metric_predicts_churn():
    found = history(churns=60)
    upside_down = np.column_stack([100 - found.scores[:, 0], found.scores[:, 1]])
    every_row = np.ones(len(found.days), dtype=bool)
    assert calibration.fit_points(found, every_row) == {"tells": 100}
    with pytest.raises(Refused, match="No metric of the history predicts churn"):
        calibration.fit_points(replace(found, scores=upside_down), every_row)


@pytest.mark.parametrize(("own", "is_refused"), [(0.701, False), (0.7, True), (None, True)])
def test_a_proposal_needs_a_gain_in_the_later_months(own: float | None, is_refused: bool):
    found, gain = history(churns=60), Gain(observations=1200, auc=own, active_auc=0.7)
    if is_refused:
        with pytest.raises(Refused, match=r"no better than blind, which .* 0\.700 over the 1,200"):
            calibration.check_gain(found, gain)
    else:
        calibration.check_gain(found, gain)


def test_schemes_are_compared_over_what_both_score():
    found = history(churns=60)
    scores = np.where(found.churned, 90.0, 40.0)
    scores[::2] = np.nan
    gain = calibration.compare(
        replace(found, schemes={"blind": scores}), {"tells": 100}, np.arange(len(scores)) >= 1200
    )
    assert gain == Gain(observations=600, auc=1.0, active_auc=0.0)


def test_there_is_no_build(tmp_path: Path):
    settings = Settings(warehouse=tmp_path, target_dir=tmp_path)
    with pytest.raises(Refused, match="There is no build") as refused:
        calibrate(settings, settings.proposal)
    assert refused.value.exit_code == ExitCode.REFUSED
    assert not settings.proposal.exists()


def test_a_refusal_has_its_exit_code_and_its_reason(tmp_path: Path):
    ended = subprocess.run(
        [sys.executable, "-m", "pipeline", "calibrate", "--json"],
        cwd=PROJECT,
        env=environment_of(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    result = json.loads(ended.stdout)
    assert ended.returncode == result["exit_code"] == 6
    assert result["outcome"] == "refused"
    assert result["message"].startswith("There is no build at ")


@pytest.mark.parametrize("name", ["health_weights.csv", "notes.txt"])
def test_a_folder_of_somebody_else_is_not_written_to(tmp_path: Path, name: str):
    (tmp_path / name).write_text("scheme,touch_tier,component,weight\nmine,,use,1\n")
    with pytest.raises(Refused, match=f"holds {name}, which is no proposal"):
        calibrate(Settings(warehouse=tmp_path / "w", target_dir=tmp_path), tmp_path)


# --- into use ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def proposed(demo: Build, tmp_path_factory: pytest.TempPathFactory):
    """The report on the demo, and its scores built with the proposal as policy."""
    assert demo.returncode == 0, demo.output[-4000:]
    folder = tmp_path_factory.mktemp("calibrated")
    settings = Settings(warehouse=demo.home, target_dir=demo.target)
    report = calibrate(settings, folder / "policy")
    home = folder / "home"
    shutil.copytree(demo.home, home, ignore=shutil.ignore_patterns("tmp", "logs"))
    changed = ("policy_health_weights", "policy_health_metric_weights")
    parts = ("rpt_health_validation", "fct_health_scores", "assert_health_policy_is_sound")
    between = (f"{name}+,+{part}" for name in changed for part in parts)
    built = dbt(
        *("build", home, *WITHOUT_UNIT_TESTS, "--select", *between),
        *("--vars", '{"health_scheme": "calibrated"}'),
        CS_POLICY_PATH=str(folder / "policy"),
    )
    assert built.returncode == 0, built.output[-4000:]
    return report, built


def test_the_published_auc_is_that_of_the_report(proposed):
    report, built = proposed
    with duckdb.connect(str(built.home / "build.duckdb"), read_only=True) as connection:
        published = connection.execute(
            "select scheme, observations, churns, auc, is_active_scheme"
            " from marts.rpt_health_validation where touch_tier = 'all' and horizon_days = 90"
        ).fetchall()
    reported = {one.scheme: one.whole for one in report.judged}
    assert {scheme for scheme, *_ in published} == set(reported)
    for scheme, observations, churns, auc, is_active in published:
        assert reported[scheme].auc == pytest.approx(auc, abs=0.01)
        assert (reported[scheme].observations, reported[scheme].churns) == (observations, churns)
        assert is_active == (scheme == "calibrated")


def test_the_proposal_adds_a_scheme_and_changes_no_other(proposed):
    report, _ = proposed
    assert report.compared.lead > 0
    for file, project in (
        (path, PROJECT / "seeds" / "policy" / path.name) for path in sorted(report.files)
    ):
        with file.open(newline="") as proposal, project.open(newline="") as own:
            after, before = list(csv.DictReader(proposal)), list(csv.DictReader(own))
        added = [row for row in after if row["scheme"] == "calibrated"]
        rest = [row for row in after if row["scheme"] != "calibrated"]
        assert sorted(map(typed, rest)) == sorted(map(typed, before))
        assert added
        assert all(float(row["weight"]) > 0 for row in added)
    assert {path.name for path in report.folder.iterdir()} == {path.name for path in report.files}


def test_a_proposal_replaces_an_earlier_one(proposed, demo: Build):
    report, _ = proposed
    before = {path: path.read_text() for path in report.files}
    settings = Settings(warehouse=demo.home, target_dir=demo.target)
    write_proposal(settings, report.folder, report.points, "Again")
    after = {path: path.read_text() for path in report.files}
    assert all("Again" in text for text in after.values())
    assert [text.count("\n") for text in after.values()] == [
        text.count("\n") for text in before.values()
    ]


def typed(row: dict[str, str]) -> tuple[str, ...]:
    """A row with its weight as a number, whose text may differ."""
    return tuple(str(float(cell)) if name == "weight" else cell for name, cell in row.items())
