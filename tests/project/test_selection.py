"""Every mart can be built alone: `dbt build --select +MART` runs the tests of what it builds."""

import json
import subprocess
import sys
from pathlib import Path

from conftest import PROJECT

from benchmarks.builds import environment_of

# One process, for dbt parses the project once.
SELECTIONS = """
import json
from dbt.cli.main import dbtRunner

manifest = dbtRunner().invoke(["--quiet", "parse"]).result
dbt = dbtRunner(manifest=manifest)
listing = ["--quiet", "ls", "--output", "json", "--output-keys", "unique_id", "--select"]
parents = {}
for node in [*manifest.nodes.values(), *manifest.unit_tests.values()]:
    if node.resource_type in ("test", "unit_test"):
        parents[node.unique_id] = {id_ for id_ in node.depends_on.nodes if id_ in manifest.nodes}
marts = [
    node.name
    for node in manifest.nodes.values()
    if node.resource_type == "model" and node.path.startswith("marts/")
]
found = {}
for mart in marts:
    listed = dbt.invoke([*listing, f"+{mart}"]).result
    selected = {json.loads(line)["unique_id"] for line in listed}
    found[mart] = {
        "tests": sorted(selected & set(parents)),
        "lacking": sorted(test for test in selected & set(parents) if parents[test] - selected),
        "left_out": sorted(
            test for test in set(parents) - selected if parents[test] and parents[test] <= selected
        ),
    }
print(json.dumps(found))
"""


def test_a_mart_selects_the_tests_that_can_run(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-c", SELECTIONS],
        cwd=PROJECT,
        env=environment_of(tmp_path) | {"DBT_TARGET_PATH": str(tmp_path / "target")},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    assert len(found) > 40
    assert all(selection["tests"] for selection in found.values())
    for flaw in ("lacking", "left_out"):
        assert {mart: found[mart][flaw] for mart in found if found[mart][flaw]} == {}
