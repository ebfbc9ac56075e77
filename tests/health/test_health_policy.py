"""The policy of health: an invalid row is reported by its place, and a change needs no SQL."""

import math
import shutil
from collections import defaultdict
from pathlib import Path

import duckdb
import pytest
from conftest import Build, dbt
from policy_rows import but, policy
from raw_folder import write_folder

from benchmarks.builds import WITHOUT_UNIT_TESTS

GUARDS = (
    "+assert_health_policy_is_sound",
    "+assert_health_status_policy_is_sound",
    "+policy_health_status_bands",
    "+policy_health_settings",
)


# --- a policy that does not hold together ------------------------------------------------------


def write_flawed(folder: Path) -> None:
    """One of each violation that the guards of health know."""
    weights = policy("health_weights")
    weights = but(weights, "composite,,growth", weight="0.20")
    weights = but(weights, "outcome,,business", weight="much")
    weights = but(weights, "tiered,(none)")
    for scheme, tier, component in (
        ("tiered", "", "product_usage"),
        ("tiered", "gold_touch", "product_usage"),
        ("mine", "", "hopes"),
    ):
        row = {"scheme": scheme, "touch_tier": tier, "component": component, "weight": "1"}
        weights.append(row | {"reason": "Flawed"})
    metric_weights = but(
        policy("health_metric_weights"), "composite,growth,user_growth", weight="0"
    )
    for component, metric in (("moods", "nps_mean"), ("product_usage", "telepathy")):
        row = {"scheme": "composite", "component": component, "metric": metric, "weight": "1"}
        metric_weights.append(row | {"reason": "Flawed"})
    bands = policy("health_metric_bands")
    bands = but(bands, "nps_mean,0", min_value="1")
    bands = but(bands, "csat,1", score="120")
    bands = but(bands, "dau_mau,0,", score="10")
    bands = but(bands, "growth_potential,,low")
    for metric, least, word in (
        ("telekinesis", "0", ""),
        ("csm_sentiment", "", ""),
        ("renewal_sentiment", "", "maybe"),
    ):
        row = {"metric": metric, "min_value": least, "value_text": word, "score": "50"}
        bands.append(row | {"reason": "Flawed"})
    metrics = but(policy("health_metrics"), "nps_mean,", window_days="")
    metrics = but(metrics, "usage_depth,", window_days="28")
    metrics = but(metrics, "csat,", label="")
    settings = but(policy("health_settings"), "auc_strong,", value="high")
    statuses = but(policy("health_status_bands"), "emergency,", min_score="5")
    write_folder(
        folder,
        {
            "health_weights": weights,
            "health_metric_weights": metric_weights,
            "health_metric_bands": bands,
            "health_metrics": metrics,
            "health_settings": but(settings, "trend_points,"),
            "activity_kinds": but(but(policy("activity_kinds"), "email,"), "other,", kind="party"),
            "health_status_bands": but(statuses, "stable,", min_score="80"),
            "health_colours": but(policy("health_colours"), "grey,", min_score="10"),
            "health_priority": but(policy("health_priority"), "green,declining"),
        },
    )


VIOLATIONS = {
    "health_weights: composite,: the sum of weight is 1.1, expected 1",
    "health_weights: outcome,: the sum of weight is 0.85, expected 1",
    "health_weights: outcome,,business: weight is 'much', expected a number, above 0",
    "health_weights: tiered,(none): no row has this touch tier, "
    "expected rows of every tier and of (none)",
    "health_weights: tiered,,product_usage: touch_tier is missing, "
    "expected one because other rows of the scheme have one",
    "health_weights: tiered,gold_touch,product_usage: touch_tier is 'gold_touch', "
    "expected one of high_touch, low_touch, tech_touch, (none)",
    "health_weights: no_such: no row has this scheme, expected one",
    "health_weights: mine,hopes: no row of health_metric_weights has this scheme and component",
    "health_metric_weights: composite,moods: "
    "no row of health_weights has this scheme and component",
    "health_metric_weights: composite,growth,user_growth: "
    "weight is '0', expected a number, above 0",
    "health_metric_weights: telepathy: no row of health_metrics has this metric",
    "health_metric_weights: telepathy: no row of health_metric_bands has this metric",
    "health_metric_bands: telekinesis: no row of health_metrics has this metric",
    "health_metric_bands: nps_mean: the lowest min_value is 1.0, "
    "expected 0.0 as lowest_value of health_metrics",
    "health_metric_bands: csat,1,: score is '120', expected a number, at least 0, at most 100",
    "health_metric_bands: csm_sentiment,: expected only min_value",
    "health_metric_bands: dau_mau,0: no row scores 0, expected one because no activity scores 0",
    "health_metric_bands: growth_potential,low: the row is missing",
    "health_metric_bands: renewal_sentiment,maybe: the raw contract has no such word",
    "health_metrics: nps_mean: window_days is missing, expected a whole number, above 0",
    "health_metrics: usage_depth: window_days is 28, "
    "expected none because usage_window_days of health_settings counts",
    "health_metrics: csat: label is missing, expected a text",
    "health_settings: trend_points: value is missing, expected a number, at least 0",
    "health_settings: auc_strong: value is 'high', expected a number, at least 0",
    "activity_kinds: email: the row is missing",
    "activity_kinds: other: kind is 'party', "
    "expected one of meeting, training, community, email, other",
    "health_status_bands: the lowest min_score is 5.0, expected 0",
    "health_status_bands: healthy: min_score 80 is there 2 times, expected once",
    "health_colours: 0 rows have no min_score, expected 1 for accounts without a score",
    "health_priority: green,declining: the row is missing",
    "health_priority: grey,declining: the row is missing",
    "health_priority: grey,improving: the row is missing",
    "health_priority: grey,stable: the row is missing",
}


def test_violations_name_file_and_row_and_nothing_is_scored(tmp_path: Path):
    write_flawed(tmp_path / "policy")
    built = dbt(
        *("build", tmp_path / "home", *WITHOUT_UNIT_TESTS),
        *("--vars", '{"health_scheme": "no_such"}'),
        *("--select", *GUARDS, "int_health_components", "int_health_status"),
        CS_POLICY_PATH=str(tmp_path / "policy"),
    )
    assert built.returncode != 0
    _, *reported = built.output.split("ERROR policy: ")
    assert sorted(line.splitlines()[0] for line in reported) == sorted(VIOLATIONS)
    assert f"Correct these rows in {tmp_path / 'policy'} and build again." in built.output
    statuses = {row["unique_id"].split(".")[2]: row["status"] for row in built.results}
    assert statuses["int_health_components"] == "skipped"
    assert statuses["int_health_status"] == "skipped"


# --- a policy of one's own ---------------------------------------------------------------------


OWN_WEIGHTS = {
    "product_usage": 0.45,
    "relationship": 0.10,
    "support": 0.15,
    "growth": 0.15,
    "financial": 0.15,
}


@pytest.fixture(scope="module")
def own(demo: Build, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The demo's scores under another weight for high touch, and a scheme of logins alone."""
    assert demo.returncode == 0, demo.output[-4000:]
    folder = tmp_path_factory.mktemp("own")
    weights = policy("health_weights")
    for component, weight in OWN_WEIGHTS.items():
        weights = but(weights, f"tiered,high_touch,{component},", weight=str(weight))
    weight = {"scheme": "logins", "component": "use", "weight": "1", "reason": "Own"}
    points = weight | {"metric": "logins_per_user"}
    write_folder(
        folder / "policy",
        {
            "health_weights": [*weights, weight | {"touch_tier": ""}],
            "health_metric_weights": [*policy("health_metric_weights"), points],
        },
    )
    home = folder / "home"
    shutil.copytree(demo.home, home, ignore=shutil.ignore_patterns("tmp", "logs"))
    changed = ("policy_health_weights", "policy_health_metric_weights")
    marts = ("fct_health_scores", "fct_health_components", "fct_health_drivers")
    between = (f"{name}+,+{mart}" for name in changed for mart in marts)
    return dbt(
        *("build", home, *WITHOUT_UNIT_TESTS, "--select", *between),
        CS_POLICY_PATH=str(folder / "policy"),
    )


def test_weights_and_schemes_change_in_the_csv_alone(own: Build, marts: duckdb.DuckDBPyConnection):
    assert own.returncode == 0, own.output[-4000:]
    with duckdb.connect(str(own.home / "build.duckdb"), read_only=True) as connection:
        scores = connection.execute(
            "select snapshot_date, account_id, scheme, health_score from marts.fct_health_scores"
        ).fetchall()
    after = {(day, account, scheme): score for day, account, scheme, score in scores}
    before = marts.execute(
        "select snapshot_date, account_id, scheme, touch_tier, health_score"
        " from marts.fct_health_scores"
    ).fetchall()
    accounts = {(day, account) for day, account, *_ in before}
    assert {key[:2] for key in after if key[2] == "logins"} == accounts
    assert len(after) == len(before) + len(accounts)

    changed = 0
    reweighted = scores_by_hand(marts)
    for day, account, scheme, tier, score in before:
        found = after[day, account, scheme]
        if (scheme, tier) == ("tiered", "high_touch"):
            assert close(found, reweighted[day, account])
            changed += not close(found, score)
        else:
            assert found == score
    assert changed > 100

    logins = marts.execute(
        "select snapshot_date, account_id, metric_score from marts.fct_health_metrics"
        " where metric = 'logins_per_user'"
    ).fetchall()
    scored = {(day, account): score for day, account, score in logins}
    assert {key: after[*key, "logins"] for key in accounts} == {
        key: scored.get(key) for key in accounts
    }


def scores_by_hand(marts: duckdb.DuckDBPyConnection) -> dict[tuple, float | None]:
    """What accounts would score under the own weights, from the components of the demo."""
    present: dict[tuple, list[tuple[float, float]]] = defaultdict(list)
    for day, account, component, score in marts.execute(
        "select snapshot_date, account_id, component, component_score"
        " from marts.fct_health_components where scheme = 'tiered' and component_score is not null"
    ).fetchall():
        present[day, account].append((OWN_WEIGHTS[component], score))
    return {
        key: sum(weight * score for weight, score in parts) / sum(weight for weight, _ in parts)
        for key, parts in present.items()
    }


def close(one: float | None, other: float | None) -> bool:
    """Whether two scores are one, or neither is there."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=0, abs_tol=1e-9)
