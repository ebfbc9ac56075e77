"""The demo company on a fresh clone: it builds, every dbt test passes, and it reports the dirt."""

import stat

from conftest import Build


def test_demo_builds_and_every_test_passes(demo: Build):
    assert demo.returncode == 0, demo.output[-4000:]
    assert {result["status"] for result in demo.results} <= {"success", "pass", "warn", "no-op"}
    run = {result["unique_id"] for result in demo.results}
    assert {"seed", "model", "test", "unit_test"} <= {node.split(".")[0] for node in run}
    assert set(demo.manifest["unit_tests"]) <= run, "the pipeline leaves unit tests to this build"


def test_build_says_in_words_what_it_did_not_take(demo: Build, marts):
    rejected = marts.execute(
        "select source_system || '_' || table_name, rejected_rows, raw_rows"
        " from quality.dq_reconciliation where rejected_rows > 0"
    ).fetchall()
    assert rejected
    for table, count, rows in rejected:
        assert f"WARNING {table}: {count} of {rows} rows rejected" in demo.output


def test_demo_is_the_firm_it_says_it_is(marts):
    accounts, arr = marts.execute(
        "select count(*), sum(arr) from marts.dim_accounts where mrr > 0"
    ).fetchone()
    assert 320 <= accounts <= 360
    assert 17e6 <= arr <= 20e6


def test_planted_leaky_tier_shows(marts):
    grr = dict(
        marts.execute(
            "select segment, grr from marts.fct_retention where window_months = 12"
            " and segment_type in ('all', 'arr_tier')"
            " and month = (select max(month) from marts.fct_retention)"
        ).fetchall()
    )
    assert grr["arr_under_15k"] < grr["all"] - 0.05
    assert grr["arr_under_15k"] < min(grr["arr_100k_plus"], grr["arr_15k_100k"])


def test_every_driver_and_movement_occurs(marts):
    drivers = {
        d
        for (d,) in marts.execute("select distinct driver from marts.fct_mrr_movements").fetchall()
    }
    assert drivers == {
        "start", "return", "end", "pause", "seats", "usage", "upsell", "downgrade", "cross_sell",
        "product_drop", "price", "opening",
    }  # fmt: skip


def test_dbt_by_itself_keeps_the_build_file_from_other_users(demo: Build):
    assert stat.S_IMODE((demo.home / "build.duckdb").stat().st_mode) == 0o600
    assert stat.S_IMODE(demo.home.stat().st_mode) == 0o700
