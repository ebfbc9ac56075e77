"""dim_labels: a label for every code in a mart, and colours that everybody can tell apart."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import duckdb
import pytest
from conftest import PROJECT, Build

from pipeline.outcomes import ExitCode

POLICY = PROJECT / "seeds" / "policy"
# Codes with labels, whose domain another column of the row names. Regions and plans have none.
TIERS = ("touch_tier", "arr_tier", "investment_tier", "all")
OTHER_NAMES = {
    "playbooks": ("playbook", "playbook"),
    "leading_indicators": ("indicator", "indicator"),
    "health_metrics": ("metric", "metric"),
    "expansion_signals": ("expansion_signal", "signal"),
    "churn_reason_categories": ("reason_category", "category"),
    "review_criteria": ("review_criterion", "criterion"),
    "scorecard_figures": ("figure", "figure"),
}
# How people with a kind of colour blindness see linear red, green and blue (Machado et al., 2009).
SIGHTS = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "no green": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "no blue": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
LEAST_DISTANCE = 15  # in CIELAB, where 2.3 is just noticeable
Colour = tuple[float, float, float]


def rows(file: str) -> list[dict[str, str]]:
    """The rows of a policy CSV."""
    with (POLICY / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def labelled(manifest: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Mart, column, kind of its meta and the domain, or the column that holds the domain."""
    for node in manifest["nodes"].values():
        if node["resource_type"] == "model" and "models/marts/" in node["original_file_path"]:
            for name, column in node["columns"].items():
                for kind in {"labels", "labels_by"} & column["config"]["meta"].keys():
                    table = f"{node['schema']}.{node['name']}"
                    yield table, name, kind, column["config"]["meta"][kind]


def unnamed(
    connection: duckdb.DuckDBPyConnection, manifest: dict[str, Any]
) -> list[tuple[str, str, str]]:
    """Column, domain and code of every code in a mart without a label."""
    found = []
    for table, name, kind, domain in labelled(manifest):
        of, only = (f"'{domain}'", "") if kind == "labels" else (domain, f"and {domain} in {TIERS}")
        codes = connection.execute(
            f"select distinct {of}, {name} from {table} where {name} is not null {only}"
            f" and ({of}, {name}) not in (select (domain, code) from marts.dim_labels)"
        ).fetchall()
        found += [(f"{table}.{name}", *code) for code in codes]
    return found


def test_every_code_of_the_demo_has_a_label(demo: Build, marts: duckdb.DuckDBPyConnection):
    assert len(list(labelled(demo.manifest))) > 100
    assert unnamed(marts, demo.manifest) == []


def test_every_code_that_a_mart_may_hold_has_a_label(demo: Build, marts):
    nodes = demo.manifest["nodes"]
    known = set(marts.execute("select domain, code from marts.dim_labels").fetchall())
    allowed = {
        (nodes[test["attached_node"]]["name"], column): codes
        for test in nodes.values()
        if (test.get("test_metadata") or {}).get("name") == "accepted_sets"
        for column, codes in test["test_metadata"]["kwargs"]["values"].items()
    }
    without = [
        (mart, column, code)
        for table, column, kind, domain in labelled(demo.manifest)
        for mart in [table.split(".")[1]]
        for code in allowed.get((mart, column), [])
        if kind == "labels" and (domain, str(code)) not in known
    ]
    assert without == []
    assert len(allowed) > 50


def test_every_code_of_messy_extracts_has_a_label(demo: Build, dirty_build):
    with duckdb.connect() as connection:
        connection.execute(f"attach '{dirty_build.file}' as build (read_only)")
        connection.execute("use build")
        assert unnamed(connection, demo.manifest) == []


def test_a_code_without_a_label_is_found(demo: Build, tmp_path, marts):
    with duckdb.connect(str(tmp_path / "copy.duckdb")) as connection:
        connection.execute("create schema marts")
        connection.execute("create schema quality")
        for table in {table for table, *_ in labelled(demo.manifest)} | {"marts.dim_labels"}:
            columns = duckdb_columns(marts, table)
            connection.execute(f"create table {table} ({columns})")
        connection.execute("insert into marts.fct_renewals (outcome) values ('vanished')")
        connection.execute(
            "insert into marts.fct_segment_transitions (scheme, to_tier)"
            " values ('touch_tier', 'no_touch'), ('region', 'no_touch')"
        )
        connection.execute(
            "insert into marts.dim_labels (domain, code)"
            " values ('tier_scheme', 'touch_tier'), ('tier_scheme', 'region')"
        )
        assert sorted(unnamed(connection, demo.manifest)) == [
            ("marts.fct_renewals.outcome", "outcome", "vanished"),
            ("marts.fct_segment_transitions.to_tier", "touch_tier", "no_touch"),
        ]


def duckdb_columns(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """The columns of a table with their types, as `create table` takes them."""
    found = connection.execute(f"describe {table}").fetchall()
    return ", ".join(f'"{name}" {kind}' for name, kind, *_ in found)


def test_every_end_of_a_run_has_a_label():
    words = {code.word for code in ExitCode} | {"validated", "rolled_back", "erased"}
    assert {row["code"] for row in rows("labels") if row["domain"] == "run_outcome"} == words


def test_no_label_is_stated_twice():
    stated = {(row["domain"], row["code"]) for row in rows("labels")}
    other = {
        (domain, row[column])
        for file, (domain, column) in OTHER_NAMES.items()
        for row in rows(file)
        if row["label"]
    }
    assert not stated & other
    assert len(stated) == len(rows("labels"))


def test_labels_within_a_domain_differ(marts: duckdb.DuckDBPyConnection):
    twice = marts.execute(
        "select domain, label from marts.dim_labels where domain not in ('role')"
        " group by all having count(*) > 1"
    ).fetchall()
    assert twice == []


def test_figures_of_the_scorecard_have_its_labels_and_directions(marts: duckdb.DuckDBPyConnection):
    found = marts.execute(
        "select code, label, better from marts.dim_labels where domain = 'figure'"
        " order by sort_order"
    ).fetchall()
    stated = sorted(rows("scorecard_figures"), key=lambda row: int(row["sort_order"]))
    assert found == [(row["figure"], row["label"], row["direction"]) for row in stated]


def seen(colour: str, sight: str) -> Colour:
    """A colour in CIELAB, as eyes of that sight see it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    light = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    rgb = [
        min(max(sum(a * b for a, b in zip(row, light, strict=True)), 0), 1) for row in SIGHTS[sight]
    ]
    xyz = (
        (0.4125 * rgb[0] + 0.3576 * rgb[1] + 0.1804 * rgb[2]) / 0.9505,
        0.2127 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2],
        (0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9503 * rgb[2]) / 1.0888,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str, sight: str) -> float:
    """How far apart two colours look, in CIELAB."""
    pairs = zip(seen(one, sight), seen(other, sight), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


@pytest.mark.parametrize("sight", SIGHTS)
def test_colours_of_a_domain_look_different(sight: str):
    domains = defaultdict(list)
    for row in rows("labels"):
        if row["colour"]:
            domains[row["domain"]].append((row["code"], row["colour"]))
    alike = [
        (domain, one, other)
        for domain, colours in domains.items()
        for (one, first), (other, second) in combinations(colours, 2)
        if distance(first, second, sight) < LEAST_DISTANCE
    ]
    assert alike == []
    assert len(domains) > 10


def test_red_and_green_of_one_lightness_look_alike_to_some():
    """What the test above would find: the usual traffic light."""
    assert distance("#2ca02c", "#d62728", "full") > 100
    assert distance("#6b8e23", "#b8651b", "no green") < LEAST_DISTANCE


def test_every_reason_of_a_connector_has_a_label():
    models = (PROJECT / "models" / "connectors").rglob("con_*.sql")
    macros = (PROJECT / "macros" / "connectors").glob("*.sql")
    reasons = {
        reason
        for path in [*models, *macros]
        for case in re.findall(
            r"\bcase\b((?:(?!\bcase\b).)*?)\bend as not_taken\b", path.read_text(), re.DOTALL
        )
        for reason in re.findall(r"then '(\w+)'", case)
    }
    assert {"test_mode", "older_version", "prospect", "no_scale"} <= reasons
    labelled_reasons = {row["code"] for row in rows("labels") if row["domain"] == "not_taken"}
    assert reasons - labelled_reasons == set()
