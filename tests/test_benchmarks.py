"""What a build spent is told by domain."""

import json
from pathlib import Path

import pytest

from benchmarks.domains import Domain, domain_of, spent


@pytest.mark.parametrize(
    ("path", "domain"),
    [
        ("models/staging/crm/stg_crm__accounts.sql", "staging"),
        ("models/intermediate/health/metrics/int_metrics_usage.sql", "health"),
        ("models/marts/retention/_retention__unit_tests.yml", "retention"),
        ("tests/quality/assert_every_raw_row_is_accounted_for.sql", "quality"),
        ("seeds/policy/health_weights.csv", "seeds"),
    ],
)
def test_the_domain_of_a_file_is_told_by_its_folder(path: str, domain: str):
    assert domain_of(path) == domain


def test_seconds_and_rows_are_summed_by_domain(tmp_path: Path):
    health = "models/marts/health/"
    nodes = {
        "model.p.a": {"resource_type": "model", "schema": "marts", "alias": "a", "name": "a"},
        "model.p.b": {"resource_type": "model", "schema": "marts", "alias": "b", "name": "b"},
        "test.p.c": {"resource_type": "test", "schema": "", "alias": "c", "name": "c"},
        "operation.p.d": {"resource_type": "operation", "schema": "", "alias": "d", "name": "d"},
    }
    files = [f"{health}a.sql", f"{health}b.sql", f"{health}_health__models.yml", "dbt_project.yml"]
    for node, file in zip(nodes.values(), files, strict=True):
        node["original_file_path"] = file
    seconds = {"model.p.a": 1.5, "model.p.b": 0.5, "test.p.c": 0.25, "operation.p.d": 9, "x.p.y": 9}
    results = [{"unique_id": key, "execution_time": time} for key, time in seconds.items()]
    (tmp_path / "manifest.json").write_text(json.dumps({"nodes": nodes, "unit_tests": {}}))
    (tmp_path / "run_results.json").write_text(json.dumps({"results": results}))
    found = spent(tmp_path, {"marts.a": 3, "marts.b": 7, "marts.other": 9})
    assert found == {"health": Domain(2.0, 0.25, {"a": 3, "b": 7})}
    assert found["health"].largest == [("b", 7), ("a", 3)]
