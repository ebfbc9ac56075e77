"""What a build is measured by and against: its own record, a day more, other ways to its rows."""

import json
from pathlib import Path

import duckdb
import pytest
from conftest import dbt

from benchmarks.agreement import disagreements
from benchmarks.beside import has_polars, run_bare, run_polars
from benchmarks.builds import WITHOUT_TESTS
from benchmarks.days import EVENTS, lay_out_day_before, lay_out_last_day
from benchmarks.domains import Domain, by_layer, domain_of, spent
from demo_company import DEFAULT_END, generate

PAIR = """
create table ours (id varchar, n int, rate double, mrr decimal(18, 2));
insert into ours values ('a', 1, 0.5, 10), ('b', 2, null, 20), ('c', 3, 1.5, 30);
create table theirs as select id, n, rate, cast(mrr as double) as mrr from ours;
"""


@pytest.mark.parametrize(
    ("path", "domain"),
    [
        ("models/staging/crm/stg_crm__accounts.sql", "staging"),
        ("models/intermediate/health/metrics/int_metrics_usage.sql", "health"),
        ("models/marts/retention/_retention__unit_tests.yml", "retention"),
        ("tests/quality/assert_rejected_rows_within_limit.sql", "quality"),
        ("seeds/policy/health_weights.csv", "seeds"),
    ],
)
def test_the_domain_of_a_file_is_source_model_its_folder(path: str, domain: str):
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
    assert by_layer(tmp_path) == {"marts": 2.0, "tests": 0.25, "operations": 9, "xs": 9}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("update theirs set rate = rate + 1e-12, mrr = mrr + 1e-9", {}),
        ("alter table theirs drop n", {}),
        ("update theirs set rate = rate + 1e-6 where id = 'a'", {"rate": 1}),
        ("update theirs set rate = 0 where id = 'b'", {"rate": 1}),
        ("update theirs set n = 9, mrr = 9", {"n": 3, "mrr": 3}),
        ("update theirs set id = 'd' where id = 'c'", {"rows_of_one": 2}),
    ],
)
def test_relations_agree_where_every_row_and_value_does(change: str, found: dict[str, int]):
    with duckdb.connect() as connection:
        connection.execute(PAIR)
        connection.execute(change)
        assert disagreements(connection, "ours", "theirs", ["id"]) == found


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("benchmark") / "raw"
    generate(3, 60, 15, folder, file_format="parquet", dirt=False, events_rows=40_000)
    return folder


def test_bare_duckdb_and_polars_give_the_same_roll_up(raw: Path, tmp_path: Path):
    home = tmp_path / "warehouse"
    select = ("--select", "+base_product__usage_rolled_up")
    assert dbt("build", home, *select, *WITHOUT_TESTS, CS_RAW_PATH=str(raw)).returncode == 0
    run_bare(tmp_path, raw, home / "build.duckdb")
    if has_polars():
        run_polars(tmp_path, raw, home / "build.duckdb")


def test_the_last_day_brings_what_the_day_before_did_not_know(raw: Path, tmp_path: Path):
    extracts = tmp_path / "extracts"

    def known(folder: Path) -> tuple:
        """The last day of events, and how many rows there are of each extract."""
        events = f"'{folder}/product_events/*.parquet'"
        counts = [(EVENTS, duckdb.sql(f"select count(*) from {events}").fetchall())]
        for file in sorted(folder.glob("*.parquet")):
            counts.append((file.name, duckdb.sql(f"select count(*) from '{file}'").fetchall()))
        return duckdb.sql(f"select max(occurred_at)::date from {events}").fetchall()[0][0], counts

    lay_out_day_before(raw, extracts)
    (last, rows), (whole_last, whole_rows) = known(extracts), known(raw)
    assert (whole_last, (whole_last - last).days) == (DEFAULT_END, 1)
    assert [name for name, *_ in rows] == [name for name, *_ in whole_rows]
    fewer = [count for count, whole in zip(rows, whole_rows, strict=True) if count != whole]
    assert len(fewer) > 2
    lay_out_last_day(raw, extracts)
    assert known(extracts) == known(raw)
