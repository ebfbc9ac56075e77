"""What a company decides about health: a flaw is told by its place, a change needs no SQL."""

import csv
import math
import shutil
from collections import defaultdict
from pathlib import Path

import duckdb
import pytest
from conftest import PROJECT, Build, dbt
from raw_folder import Row, write_folder

from benchmarks.builds import WITHOUT_UNIT_TESTS

POLICY = PROJECT / "seeds" / "policy"
GUARDS = ("+assert_health_policy_is_sound", "+assert_health_standing_policy_is_sound")


def policy(name: str) -> list[Row]:
    """The rows of the project's own policy CSV."""
    with (POLICY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def but(rows: list[Row], key: str, **values: str) -> list[Row]:
    """The rows, those that begin with the key changed; dropped where nothing is given."""
    found = [row for row in rows if ",".join(row.values()).startswith(key)]
    assert found, key
    changed = [row | values for row in rows if row in found] if values else []
    return [row for row in rows if row not in found] + changed


# --- a policy that does not hold together ------------------------------------------------------


def write_flawed(folder: Path) -> None:
    """One of each flaw that the guards know."""
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
    for component, metric in (("moods", "nps"), ("product_usage", "telepathy")):
        row = {"scheme": "composite", "component": component, "metric": metric, "weight": "1"}
        metric_weights.append(row | {"reason": "Flawed"})
    bands = policy("health_metric_bands")
    bands = but(bands, "nps,0", min_value="1")
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
    metrics = but(policy("health_metrics"), "nps,", window_days="")
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


FLAWS = {
    "health_weights: weights do not sum to 1: composite, all tiers: 1.1",
    "health_weights: weights do not sum to 1: outcome, all tiers: 0.85",
    "health_weights: a weight is not a number above 0: outcome, all tiers, business",
    "health_weights: a touch tier is absent: tiered, (none)",
    "health_weights: a row for all tiers in a scheme that tells them apart: "
    "tiered, all tiers, product_usage",
    "health_weights: no such touch tier: tiered, gold_touch, product_usage",
    "health_weights: the scheme in use (var health_scheme) is absent: no_such",
    "health_weights: a component without metrics in health_metric_weights: mine, all tiers, hopes",
    "health_metric_weights: no such scheme and component in health_weights: composite, moods, nps",
    "health_metric_weights: a weight is not a number above 0: composite, growth, user_growth",
    "health_metric_weights: no such metric in health_metrics: composite, product_usage, telepathy",
    "health_metric_weights: a metric without bands in health_metric_bands: "
    "composite, product_usage, telepathy",
    "health_metric_bands: no such metric in health_metrics: telekinesis, 0.0",
    "health_metric_bands: the lowest band does not start at lowest_value of health_metrics: nps",
    "health_metric_bands: a score is not a number from 0 to 100: csat, 1.0",
    "health_metric_bands: a number has a least value, a word its text, and none has both: "
    "csm_sentiment, no value",
    "health_metric_bands: a usage metric does not score 0 at 0: dau_mau",
    "health_metric_bands: a word and the raw contract do not agree: growth_potential, low",
    "health_metric_bands: a word and the raw contract do not agree: renewal_sentiment, maybe",
    "health_metrics: window_days are not a number above 0: nps",
    "health_metrics: window_days of product use are not usage_window_days of health_settings: "
    "usage_depth",
    "health_metrics: a label, is_usage or has_history is absent: csat",
    "health_settings: a setting is absent or not a number: trend_points",
    "health_settings: a setting is absent or not a number: auc_strong",
    "activity_kinds: a type of the raw contract has no kind: email",
    "activity_kinds: no such kind: other, party",
    "health_status_bands: the lowest band does not start at 0: 5.0",
    "health_status_bands: two bands start at one score: 80.0",
    "health_colours: not one colour alone is without a least score, for the unscored: 0",
    "health_priority: colours and trends are not paired, or have no priority: green, declining",
}


def test_flaws_are_source_model_file_and_place_and_nothing_is_scored(tmp_path: Path):
    write_flawed(tmp_path / "policy")
    built = dbt(
        *("build", tmp_path / "home", *WITHOUT_UNIT_TESTS),
        *("--vars", '{"health_scheme": "no_such"}'),
        *("--select", *GUARDS, "int_health_components", "int_health_status"),
        CS_POLICY_PATH=str(tmp_path / "policy"),
    )
    assert built.returncode != 0
    _, *told = built.output.split("ERROR policy: ")
    assert sorted(line.splitlines()[0] for line in told) == sorted(FLAWS)
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
    told = {(day, account): score for day, account, score in logins}
    assert {key: after[*key, "logins"] for key in accounts} == {
        key: told.get(key) for key in accounts
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
