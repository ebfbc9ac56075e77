"""What comes from data, file names, paths, policy and vars is data: none of it runs as SQL.

Each attack tries to read a file outside, to write one, or to add rows. The honest rows come out
right.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from bad_extracts import Built, Company
from raw_folder import contract, csv_text, write_folder, write_parquet, write_text

from pipeline.duckdb_plugin import Plugin

TEXT = pa.string()
# Without access to files, one that stands for a table is not looked for either.
REFUSED = (duckdb.PermissionException, duckdb.IOException, duckdb.CatalogException)
SECRET = "what no build may read"
STAGING = ["+stg_crm__accounts", "+stg_billing__subscriptions", "+base_product__usage_rolled_up"]
STAGING += ["+stg_crm__contacts", "+policy_mrr", "+policy_csm_capacity"]
READ = ("--select", *STAGING, "--exclude-resource-type", "test", "unit_test")


class Outside:
    """Files that lie outside a build's folders, and texts that try to reach them."""

    def __init__(self, folder: Path) -> None:
        """Write the file that is to stay unread."""
        self.secret, self.written = folder / "secret.txt", folder / "written.csv"
        self.secret.write_text(SECRET)

    @property
    def texts(self) -> list[str]:
        """As a name or a value that ends the quoted text it is put into, and goes on as SQL."""
        read = f"(select content from read_text('{self.secret}'))"
        write = f"copy (select 1 as x) to '{self.written}'"
        return [
            f'x", {read} as "y',
            f"x', {read}, 'y",
            f"x'); {write}; select ('1",
            f'x" from (select 1) as r); {write}; --',
            f'x" as string)) as row_data from (select 1 as x) as raw_source); {write}; --',
            f"x': 'varchar'}}) union all select {read} --",
            "x`; drop table accounts; --",
            '"; drop schema staging cascade; --',
            "/* x",
            "-- x",
            "{{ env_var('HOME') }}",
            "read_csv(['/etc/hostname'])",
            "\\'); select 1; --",
        ]


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Outside:
    return Outside(tmp_path_factory.mktemp("outside"))


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, outside: Outside) -> Built:
    """Built from extracts and a policy in which every name and value is an attack."""
    folder = tmp_path_factory.mktemp("attacked")
    raw, policy = folder / "it's'); select 1; -- [a]", folder / "policy' --"
    (folder / "home").mkdir()
    names = outside.texts
    extra = dict.fromkeys(names, "z")
    account = {"account_id": "a1", "account_name": names[0], "created_at": "2024-01-01"}
    write_text(raw / "crm_accounts.csv", csv_text([account | extra]))
    subscription = {"subscription_id": "s1", "account_id": "a1", "started_on": "2024-01-01"}
    subscription |= {"mrr_amount": "100", "currency": "USD"}
    write_text(raw / "billing_subscriptions.csv.gz", csv_text([subscription | extra]))
    event = {"event_id": "e1", "account_id": "a1", "event_name": names[1]}
    event |= {"occurred_at": "2024-03-01 10:00:00"}
    for number, name in enumerate(names):
        # A name of a file holds no slash, and one with a backslash is refused.
        plain = name.replace("/", "").replace("\\", "")
        part = raw / "product_events" / f"{plain}=1" / f"{plain}.parquet"
        values = event | extra | {"event_id": f"e{number}"}
        columns = {column: (TEXT, [value]) for column, value in values.items()}
        write_parquet(part, columns)
        contact = csv_text([{"contact_id": f"c{number}", "account_id": "a1", name: name}])
        write_text(raw / "crm_contacts" / f"{plain}.csv", contact)
    setting = {"setting": "paused", "choice": names[2], "parameter": "", "reason": ""}
    write_text(policy / "mrr_policy.csv", csv_text([setting | extra]))
    row = {"stage": names[2], "investment_tier": "smb", "target_arr_low": "1"}
    row |= {"target_arr_high": "2", "reason": ""} | extra
    write_text(policy / "csm_capacity.csv", csv_text([row]))
    return Company(folder / "home", raw).build(*READ, policy_path=str(policy))


def test_honest_rows_come_out_right_of_attacked_extracts(attacked: Built, outside: Outside):
    assert attacked.returncode == 0, attacked.output[-4000:]
    names = outside.texts
    for sql, expected in (
        ("select account_id, account_name from staging.stg_crm__accounts", [("a1", names[0])]),
        (
            "select subscription_id, mrr_amount from staging.stg_billing__subscriptions",
            [("s1", 100.0)],
        ),
        (
            "select sum(raw_rows), sum(accepted_rows) from staging.base_product__usage_rolled_up"
            " where rollup = 'rows'",
            [(len(names), len(names))],
        ),
        (
            "select distinct feature_key from staging.base_product__usage_rolled_up"
            " where feature_key is not null",
            [(names[1],)],
        ),
        (
            "select count(*), count(distinct contact_id) from staging.stg_crm__contacts",
            [(len(names), len(names))],
        ),
        ("select paused from policy.policy_mrr", [(names[2],)]),
        ("select stage from policy.policy_csm_capacity", [(names[2],)]),
    ):
        assert attacked.query(sql) == expected


def test_nothing_outside_was_read_or_written(attacked: Built, outside: Outside):
    assert not outside.written.exists()
    assert SECRET not in attacked.output
    assert SECRET.encode() not in attacked.file.read_bytes()
    tables = "select schema_name || '.' || table_name, sql from duckdb_tables()"
    for table, _ in attacked.query(tables):
        for row in attacked.query(f"select * from {table}"):
            assert SECRET not in str(row)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    folder = tmp_path_factory.mktemp("company")
    (folder / "home").mkdir()
    return Company(folder / "home", folder / "raw")


def test_vars_that_are_no_dates_numbers_or_names_are_refused_before_any_model(
    company: Company, outside: Outside
):
    attack = f"2025-01-01' as date); copy (select 1) to '{outside.written}'; --"
    wanted = ("as_of_date", "run_date", "fx_rate_on", "reporting_currency", "late_arrival_days")
    wanted += ("max_rejected_rows", "max_rejected_share", "raw_schema", "raw_database")
    built = company.build(*READ, **dict.fromkeys(wanted, attack))
    assert built.returncode != 0
    assert f"Vars: {len(wanted)} cannot be used:" in built.output
    for name in wanted:
        assert f"- {name} is " in built.output
    assert "START sql" not in built.output
    assert not outside.written.exists()


def test_vars_that_are_names_are_quoted(company: Company, outside: Outside):
    attack = f"growth' or 1 = 1); copy (select 1) to '{outside.written}'; --"
    tables = ("crm_accounts", "billing_subscriptions")
    write_folder(company.raw, {name: [contract()[name].row(1)] for name in tables})
    names = ("company_stage", "arr_tier_scheme", "health_scheme")
    models = ("int_stage_thresholds", "int_tiers_ranked", "int_health_active_scheme")
    built = company.build("--select", *models, "--empty", **dict.fromkeys(names, attack))
    compiled = company.home / "target" / "compiled" / "customer_success_warehouse" / "models"
    for model in models:
        (file,) = compiled.rglob(f"{model}.sql")
        assert "'" + attack.replace("'", "''") + "'" in file.read_text()
        assert attack not in file.read_text()
    assert "Parser Error" not in built.output, built.output
    assert not outside.written.exists()


# --- the limits of DuckDB ----------------------------------------------------------------------


@pytest.fixture
def limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database as dbt opens it, with extracts of its own."""
    for name in ("it's [raw]", "warehouse"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file.csv").write_text("a\n1\n")
    monkeypatch.chdir(tmp_path)
    config = {"raw_path": str(tmp_path / "it's [raw]"), "policy_path": "", "warehouse": "warehouse"}
    connection = duckdb.connect(
        "warehouse/build.duckdb", config={"temp_directory": "warehouse/tmp", "memory_limit": "64MB"}
    )
    plugin = Plugin("duckdb_plugin", config)
    plugin.configure_connection(connection)
    # A second connection of the process shares what the first has locked.
    plugin.configure_connection(connection.cursor())
    yield connection
    connection.close()


def test_database_reaches_the_folders_of_its_build_alone(
    limited: duckdb.DuckDBPyConnection, outside: Outside, tmp_path: Path
):
    raw = str(tmp_path).replace("'", "''") + "/it''s [[]raw]"
    for place in (f"{raw}/file.csv", "warehouse/*.csv"):
        assert limited.execute(f"select * from read_csv('{place}')").fetchall() == [(1,)]
    limited.execute("copy (select 1) to 'warehouse/written.csv'")
    for statement in (
        f"select * from read_text('{outside.secret}')",
        f"select * from '{outside.secret}'",
        f"select * from read_csv('warehouse/../../{outside.secret.name}')",
        f"select * from glob('{outside.secret.parent}/*')",
        f"select * from read_text('{os.path.relpath(outside.secret)}')",
        f"copy (select 1) to '{outside.written}'",
        f"attach '{outside.secret.parent}/other.duckdb' as other",
        f"export database '{outside.secret.parent}/all'",
        "select * from read_csv('https://example.com/x.csv')",
        "install httpfs",
        "load httpfs",
    ):
        with pytest.raises(REFUSED):
            limited.execute(statement)
    assert [path.name for path in outside.secret.parent.iterdir()] == [outside.secret.name]
    with pytest.raises(duckdb.Error, match="is not a folder of this build"):
        limited.execute(f"select extract_files('{outside.secret.parent}', 'secret')")


def test_configuration_is_locked_in_utc_and_spills_go_on(limited: duckdb.DuckDBPyConnection):
    cursor = limited.cursor()
    assert cursor.execute("select current_setting('TimeZone')").fetchone() == ("UTC",)
    for setting in (
        "enable_external_access = true",
        "memory_limit = '1TB'",
        "TimeZone = 'Asia/Tokyo'",
    ):
        with pytest.raises(duckdb.InvalidInputException, match="locked"):
            cursor.execute(f"set {setting}")
    rows = "select n, md5(cast(n as varchar)) as word from range(2000000) as t(n)"
    cursor.execute(f"create table sorted as select * from ({rows}) order by word")
    assert cursor.execute("select count(*) from sorted").fetchone() == (2_000_000,)
    assert Path("warehouse/tmp").is_dir()
