"""A warehouse on disk as version 1 of this project left it."""

import json
from pathlib import Path

import duckdb

from pipeline.settings import Settings

RUN = "20260601T031500-000001"
FAILED_RUN = "20260602T031500-000001"
KEY = "5eed" * 16
# Version 1 stored the state of its tables in their comments, as JSON.
COMMENT = '{"made_from": "4bb2", "inputs": {}, "files": null, "content": {"": "1:1"}}'
FORECASTS = (
    "published_at,made_on,figure,period,forecast",
    "2026-06-01T03:16:00,2026-05-31,mrr,2026-06-01,45319.16",
    "2026-06-01T03:16:00,2026-05-31,renewed_arr,2026-04-01,1200.5",
)
PUBLISHED_RUN = {
    "run_id": RUN,
    "command": "run",
    "started_at": "2026-06-01T03:15:00",
    "finished_at": "2026-06-01T03:16:00",
    "outcome": "published",
    "exit_code": 0,
    "build_id": RUN,
    "raw_source": "files in /srv/extracts",
    "as_of_date": "2026-05-31",
    "last_complete_month": "2026-05-01",
    "reporting_currency": "USD",
    "fx_rate_on": "2026-01-01",
    "mart_rows": 5,
    "rejected_rows": 0,
    "restated_figures": 0,
    "replaced_run_id": None,
    "message": None,
}
LEDGER = """
create schema marts; create schema quality;
create table marts.fct_mrr_monthly (
    account_id varchar, month date, opening_mrr decimal(18, 2), new_mrr decimal(18, 2),
    reactivation_mrr decimal(18, 2), expansion_mrr decimal(18, 2), contraction_mrr decimal(18, 2),
    churn_mrr decimal(18, 2), closing_mrr decimal(18, 2), reported_closing_mrr decimal(18, 2),
    arr decimal(18, 2), seats double, arr_tier varchar, touch_tier varchar,
    investment_tier varchar, is_active boolean, is_paused boolean, is_complete_month boolean
);
insert into marts.fct_mrr_monthly values
    ('gone', '2026-05-01', 0, 7, 0, 0, 0, 0, 7, 7, 84, 1, 'smb', 'tech_touch', 'smb', true, false,
    true);
create table marts.dim_dates (date_day date, month date, is_complete_month boolean);
insert into marts.dim_dates values ('2026-05-31', '2026-05-01', true);
"""
# Tables of models that exist no more, and a roll-up of usage by another definition.
BUILD = """
create schema intermediate; create schema staging;
create table main.tests_passed (test varchar, basis varchar);
insert into main.tests_passed values ('test.customer_success_warehouse.grain_1', '{"inputs": {}}');
create table intermediate.int_playbook_calls (account_id varchar);
create view marts.fct_health_metrics as select account_id from intermediate.int_playbook_calls;
create table staging.base_product__usage_rolled_up (
    "rollup" varchar, table_name varchar, usage_on date, account_id varchar, user_id varchar,
    feature_key varchar, raw_rows bigint, accepted_rows bigint, duplicate_rows bigint,
    rejected_rows bigint, orphan_rows bigint, last_loaded_at timestamp, quantity_nulled bigint,
    quantity_example varchar, duration_seconds_nulled bigint, duration_seconds_example varchar,
    loaded_at_nulled bigint, loaded_at_example varchar, logins bigint, feature_events bigint,
    quantity double, duration_seconds bigint, day_bits integer, definition varchar, month date
);
insert into staging.base_product__usage_rolled_up by name
select 'user_month' as "rollup", 'usage_daily' as table_name, 'gone' as account_id,
    'nobody' as user_id, 1000000 as raw_rows, 1000000 as accepted_rows, 0 as duplicate_rows,
    0 as rejected_rows, 1000000 as logins, 'of version 1' as definition, date '2026-05-01' as month;
"""
SNAPSHOT = """
create table quality.rpt_restatements (published_at timestamp, table_name varchar, month date,
    figure varchar, previous_value double, new_value double, change double);
insert into quality.rpt_restatements values
    ('2026-05-01 03:16:00', 'fct_mrr_monthly', '2026-03-01', 'closing_mrr', 6, 7, 1);
create table quality.runs (run_id varchar, command varchar, started_at timestamp,
    finished_at timestamp, outcome varchar, exit_code integer, build_id varchar,
    raw_source varchar, as_of_date date, last_complete_month date, reporting_currency varchar,
    fx_rate_on date, mart_rows bigint, rejected_rows bigint, restated_figures bigint,
    replaced_run_id varchar, message varchar);
"""


def write_warehouse(settings: Settings) -> None:
    """Write every file that version 1 left: build, state, snapshot, logs and key."""
    snapshot = settings.snapshots / RUN
    snapshot.mkdir(parents=True)
    _write_build(settings.build_file)
    _write_snapshot(snapshot)
    settings.published.symlink_to(f"snapshots/{RUN}")
    settings.key_file.write_text(KEY)
    settings.forecast_log(is_demo=False).write_text("".join(f"{line}\n" for line in FORECASTS))
    failed = {"run_id": FAILED_RUN, "outcome": "build_failed", "exit_code": 1, "message": "dbt"}
    runs = [PUBLISHED_RUN, PUBLISHED_RUN | failed]
    settings.runs_file.write_text("".join(f"{json.dumps(run)}\n" for run in runs))
    stat = settings.build_file.stat()
    state = {
        "build_id": RUN,
        "built_at": "2026-06-01T03:15:30",
        "raw_source": PUBLISHED_RUN["raw_source"],
        "fingerprint": f"{stat.st_size}:{stat.st_mtime_ns} absent",
        "personal_columns": [{"schema": "marts", "table": "dim_contacts", "column": "email"}],
        "is_validated": True,
    }
    settings.state_file.write_text(json.dumps(state, indent=2))


def _write_build(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(LEDGER + BUILD)
        for schema, table in connection.execute(
            "select schema_name, table_name from duckdb_tables() where schema_name <> 'main'"
        ).fetchall():
            connection.execute(f"comment on table {schema}.{table} is '{COMMENT}'")


def _write_snapshot(folder: Path) -> None:
    path = folder / "customer_success.duckdb"
    with duckdb.connect() as connection:
        connection.execute(f"attach '{path}' as snapshot (storage_version 'v1.0.0'); use snapshot")
        connection.execute(LEDGER + SNAPSHOT)
        marks = ", ".join("?" for _ in PUBLISHED_RUN)
        connection.execute(f"insert into quality.runs values ({marks})", [*PUBLISHED_RUN.values()])
        for schema, table in connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'snapshot'"
        ).fetchall():
            connection.execute(f"copy {schema}.{table} to '{folder / f'{table}.parquet'}'")
    path.chmod(0o440)
    (folder / "marts.duckdb").symlink_to(path.name)
