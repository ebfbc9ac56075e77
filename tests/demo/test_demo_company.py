"""The committed demo: it regenerates byte for byte, holds what was planted, is as dirty as it says.

Everything here is measured on the raw files in plain Python, by rules read from the contract.
"""

import re
from datetime import datetime

import duckdb
import pyarrow.parquet as pq
from demo_extracts import CONTRACT, CSV_TABLES, DEMO, USAGE, again, judged, read, usage

from demo_company import (
    DEFAULT_END,
    generate,
)


def test_the_fixed_arguments_give_the_committed_files(again):
    made = {path.name for path in again.out.iterdir()}
    there = {path.name for path in DEMO.iterdir() if path.suffix in (".csv", ".parquet")}
    assert made == there - {"pipeline_forecast_log.csv"}
    differing = [n for n in sorted(made) if (again.out / n).read_bytes() != (DEMO / n).read_bytes()]
    assert differing == [], "run: python -m pipeline generate with the fixed arguments"


def test_seeds_differ_and_repeat(tmp_path):
    folders = [tmp_path / name for name in ("seven", "seven_again", "eight")]
    for folder, seed in zip(folders, (7, 7, 8), strict=True):
        generate(seed, 25, 14, folder)
    for path in sorted(folders[0].iterdir()):
        same, other = folders[1] / path.name, folders[2] / path.name
        assert path.read_bytes() == same.read_bytes(), path.name
        if path.stem not in ("billing_plans", "product_features"):
            assert path.read_bytes() != other.read_bytes(), path.name


def test_headers_are_the_contract(again):
    assert set(again.rows) == set(CONTRACT)
    for table in CSV_TABLES:
        with open(DEMO / f"{table}.csv", encoding="utf-8") as file:
            header = file.readline().rstrip("\n").split(",")
        assert header == [name for name in CONTRACT[table]["columns"] if name in header], table
    header = pq.read_schema(DEMO / f"{USAGE}.parquet").names
    assert header == [name for name in CONTRACT[USAGE]["columns"] if name in header]


def test_files_stay_small_and_plain(again):
    files = [DEMO / f"{table}.csv" for table in CSV_TABLES]
    assert sum(path.stat().st_size for path in files) < 5_000_000
    assert sum(again.rows[table] for table in CSV_TABLES) < 48_000
    assert again.rows["product_events"] < 5_000
    assert (DEMO / f"{USAGE}.parquet").stat().st_size < 5_000_000
    assert pq.read_metadata(DEMO / f"{USAGE}.parquet").num_rows == again.rows[USAGE] < 1_500_000
    for path in files:
        assert b"\r" not in path.read_bytes(), path.name
    offsets = [
        r["created_at"]
        for r in read(DEMO, "support_tickets")
        if re.search(r"[+-]\d\d:\d\d$", r["created_at"])
    ]
    assert len(offsets) > 20


def test_parquet_holds_the_same_company(tmp_path):
    for form in ("csv", "parquet"):
        for dirty in (True, False):
            generate(5, 20, 14, tmp_path / f"{form}{dirty}", file_format=form, dirt=dirty)
    typed = duckdb.sql(f"select * from '{tmp_path}/parquetFalse/billing_invoices.parquet'")
    assert {t.id for t in typed.types} >= {"date", "double"}
    for dirty in (True, False):
        for table in CSV_TABLES:
            kind = f"{tmp_path}/parquet{dirty}/{table}.parquet"
            count = duckdb.sql(f"select count(*) from '{kind}'").fetchone()[0]
            assert count == len(read(tmp_path / f"csv{dirty}", table)), table


def test_raw_events_come_in_parts_of_about_the_size_asked_for(tmp_path):
    made = generate(5, 25, 14, tmp_path, file_format="parquet", dirt=False, events_rows=60_000)
    parts = duckdb.sql(
        f"select count(*), count(distinct event_id), max(occurred_at) "
        f"from '{tmp_path}/product_events/*.parquet'"
    ).fetchone()
    redelivered = made.dirt["product_events", "duplicate"]
    assert redelivered > 0
    assert parts[0] == parts[1] + redelivered == made.rows["product_events"]
    assert 55_000 < parts[0] < 65_000
    assert len(list((tmp_path / "product_events").iterdir())) == 15
    assert parts[2].date() <= DEFAULT_END
    assert USAGE not in made.files


# -- dirt and truth to the contract --------------------------------------------------------------


def test_dirt_is_counted_to_the_row(again, judged):
    planted = {key: n for key, n in again.dirt.items() if key[0] != USAGE}
    assert dict(judged.ledger) == planted
    for table in CSV_TABLES:
        rejected = sum(
            n
            for (name, reason), n in planted.items()
            if name == table and reason != "duplicate" and "invalid:" not in reason
        )
        assert rejected <= 10 or rejected <= again.rows[table] / 100, table


def test_every_kind_of_dirt_is_there(again):
    rules = {reason.split(":")[0] for _, reason in again.dirt}
    assert rules == {
        "duplicate",
        "missing",
        "unparsable",
        "unknown_value",
        "out_of_range",
        "orphan",
        "interval_reversed",
        "overlap",
        "negative_mrr",
        "no_exchange_rate",
        "no_end_date",
        "invalid",
    }


def test_dirt_of_daily_usage_is_counted_to_the_row(again):
    found = duckdb.sql(f"""
        select count(*) filter (feature_key is null), count(*) filter (account_id = 'acc_99999'),
            count(*) filter (year(usage_on) not between 1990 and 2036),
            count(*) - count(distinct (account_id, user_id, feature_key, usage_on))
        from '{DEMO / USAGE}.parquet'""").fetchone()
    planted = {reason: n for (table, reason), n in again.dirt.items() if table == USAGE}
    assert planted == {
        "missing:feature_key": found[0],
        "orphan:account_id": found[1],
        "out_of_range:usage_on": found[2],
        "duplicate": found[3],
    }


def test_nothing_of_an_account_is_older_than_the_account(judged):
    created = {r["account_id"]: r["created_at"] for r in judged.rows["crm_accounts"]}
    owner = {r["subscription_id"]: r["account_id"] for r in judged.rows["billing_subscriptions"]}
    stage_of = {r["opportunity_id"]: r["account_id"] for r in judged.rows["crm_opportunities"]}
    for table, rows in judged.rows.items():
        columns = CONTRACT[table]["columns"].items()
        dates = [name for name, meta in columns if meta["type"] in ("date", "timestamp")]
        for row in rows:
            account = row.get("account_id") or owner.get(row.get("subscription_id"))
            account = account or stage_of.get(row.get("opportunity_id"))
            for name in dates:
                if account and row[name] is not None:
                    value = row[name]
                    if not isinstance(value, datetime):
                        value = datetime(value.year, value.month, value.day)
                    assert value >= created[account], (table, name, row)
    parents = {r["account_id"]: r["parent_account_id"] for r in judged.rows["crm_accounts"]}
    assert all(created[p] < created[a] for a, p in parents.items() if p)


def test_rows_are_not_known_before_what_they_point_at(judged):
    subs = {r["subscription_id"]: r for r in judged.rows["billing_subscriptions"]}
    for row in judged.rows["billing_subscription_items"]:
        assert row["effective_from"] >= subs[row["subscription_id"]]["started_on"]
    for row in judged.rows["billing_contract_terms"]:
        known = row["signed_on"] or row["term_start_on"]
        assert known >= subs[row["subscription_id"]]["started_on"]
    for row in judged.rows["billing_subscription_pauses"]:
        assert row["paused_from"] > subs[row["subscription_id"]]["started_on"]
    for sub in subs.values():
        if sub["canceled_on"]:
            assert sub["started_on"] <= sub["canceled_on"] <= sub["ended_on"]
        if sub["renews_subscription_id"]:
            assert subs[sub["renews_subscription_id"]]["started_on"] < sub["started_on"]
    opened = {r["opportunity_id"]: r for r in judged.rows["crm_opportunities"]}
    latest = {}
    for row in sorted(judged.rows["crm_opportunity_stages"], key=lambda r: r["entered_at"]):
        assert row["entered_at"] >= opened[row["opportunity_id"]]["created_at"]
        latest[row["opportunity_id"]] = row["stage"]
    assert all(opened[key]["stage"] == stage for key, stage in latest.items() if key in opened)


def test_what_has_happened_lies_before_the_end(judged, usage):
    """The day on which the warehouse looks at the world is the fixed last day, whenever it runs."""
    happened = {
        "support_tickets": ("created_at", "first_responded_at", "solved_at"),
        "feedback_survey_responses": ("responded_at",),
        "crm_signals": ("occurred_at",),
        "crm_activities": ("completed_at",),
        "billing_invoices": ("issued_on", "paid_on"),
        "crm_contacts": ("created_at", "departed_on"),
        "crm_pulses": ("recorded_at",),
        "product_users": ("created_at", "deactivated_at"),
        "product_events": ("occurred_at",),
        "product_milestones": ("achieved_at",),
        "crm_opportunities": ("created_at", "closed_on"),
    }
    for table, names in happened.items():
        for row in judged.rows[table]:
            for name in names:
                day = row[name].date() if isinstance(row[name], datetime) else row[name]
                assert day is None or day <= DEFAULT_END, (table, row)
    assert usage.sql("select max(usage_on) from visits").fetchone()[0] == DEFAULT_END
    ahead = [
        r
        for r in judged.rows["crm_activities"]
        if r["status"] == "scheduled" and r["scheduled_at"].date() > DEFAULT_END
    ]
    items = judged.rows["billing_subscription_items"]
    orders = [r for r in items if r["effective_from"] > DEFAULT_END]
    assert 5 <= len(ahead) <= 60
    assert 1 <= len(orders) <= 5


# -- the company ---------------------------------------------------------------------------------
