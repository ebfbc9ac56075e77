"""docs/practice_coverage.csv names what exists, and its page says what it says."""

import re
from collections import Counter

import pytest
from conftest import PROJECT, Build
from policy_rows import POLICY, policy

from tools.pages import BLOCK
from tools.practices import DOCUMENTS, Practice, read, sections

PAGE = PROJECT / "docs" / "practice_coverage.md"
# At least this many practices of each document can be shown by data.
LEAST = {"000": 20, "001": 20, "002": 120, "003": 30, "004": 30}


@pytest.fixture(scope="module")
def practices() -> list[Practice]:
    return read()


def test_every_mart_and_column_exists(demo: Build, practices: list[Practice]):
    columns = {
        (node["name"], column)
        for node in demo.manifest["nodes"].values()
        if node["resource_type"] == "model" and "models/marts/" in node["original_file_path"]
        for column in node["columns"]
    }
    named = {(practice.mart, practice.column) for practice in practices}
    assert sorted(named - columns) == []
    assert {("rpt_made_up", "value")} - columns


def test_every_source_is_a_policy_file_or_a_raw_table(demo: Build, practices: list[Practice]):
    tables = {source["name"] for source in demo.manifest["sources"].values()}
    files = {path.name for path in POLICY.glob("*.csv")}
    named = {source for practice in practices for source in practice.source.split()}
    assert sorted(named - tables - files) == []
    assert all(practice.source for practice in practices)


def test_figures_and_playbooks_of_formulas_exist(practices: list[Practice]):
    """A column of values says little without the figure that it is about."""
    figures = {row["figure"] for row in policy("scorecard_figures")}
    of_scorecard = [row for row in practices if row.mart == "rpt_executive_scorecard"]
    for practice in of_scorecard:
        if practice.column == "value":
            words, _, _ = practice.formula.partition(":")
            named = set(re.split(r"[ ,]+", words)) - {"figure", "figures"}
            assert named, practice
            assert named <= figures, practice
    playbooks = {row["playbook"] for row in policy("playbooks")}
    named = {
        name for practice in practices for name in re.findall(r"playbook (\w+)\b", practice.formula)
    }
    assert named <= playbooks
    assert len(named) > 8


def test_every_document_is_covered(practices: list[Practice]):
    counted = Counter(name for practice in practices for name in practice.documents.split())
    assert set(counted) == set(DOCUMENTS)
    assert all(counted[name] >= least for name, least in LEAST.items()), counted


def test_a_difference_has_a_reason_and_a_practice_one_row(practices: list[Practice]):
    assert all(bool(row.difference) == bool(row.reason) for row in practices)
    twice = [name for name, n in Counter(row.practice for row in practices).items() if n > 1]
    assert not twice
    ends = [row for row in practices if (row.difference + row.reason).endswith(".")]
    assert not ends, "the page adds the full stops"


def test_the_page_is_what_the_csv_gives(practices: list[Practice]):
    (block,) = BLOCK.finditer(PAGE.read_text())
    opening, name, end = block.groups()
    assert name == "practices"
    assert block[0] == f"{opening}\n{sections(practices)}\n\n{end}"
