"""A company's own policy files: a violation is reported with file, row and expectation."""

from collections import defaultdict

import pytest
from conftest import Build, dbt
from invalid_policy import VIOLATIONS, invalid_files
from policy_rows import policy
from raw_folder import write_folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The policy alone, from these files."""
    folder = tmp_path_factory.mktemp("invalid")
    write_folder(folder / "policy", invalid_files())
    selected = ("--select", "+path:models/staging/policy", "--exclude-resource-type", "unit_test")
    return dbt("build", folder / "home", *selected, CS_POLICY_PATH=str(folder / "policy"))


def test_every_violation_is_reported_with_file_row_and_expectation(built: Build):
    _, *reported = built.output.split("ERROR policy: ")
    assert sorted(line.splitlines()[0] for line in reported) == sorted(VIOLATIONS)


def test_a_missing_column_is_named_and_leaves_its_model_out(built: Build):
    (error,) = [row for row in built.results if row["status"] == "error"]
    assert error["unique_id"].endswith(".policy_finance")
    missing = "has no column value. Add it: the file needs the columns setting, value."
    assert missing in error["message"]


def test_arr_tiers_are_named_by_their_cuts():
    """The name of a tier is its range, in every scheme of the project."""
    schemes: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in policy("arr_tier_cuts"):
        schemes[row["scheme"]].append((int(row["min_arr"]) // 1000, row["tier"]))
    assert set(schemes) == {"touch", "share", "span", "market"}
    for tiers in schemes.values():
        above = "plus"
        for least, tier in sorted(tiers, reverse=True):
            assert tier == (f"arr_{least}k_{above}" if least else f"arr_under_{above}")
            above = f"{least}k"
