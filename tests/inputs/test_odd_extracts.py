"""dbt reads odd files correctly, and names extracts that it cannot read."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from bad_extracts import LEDGER, Built, Company, company_in, counted, nulled, rejected
from raw_folder import contract, csv_text, write_folder, write_parquet, write_text

from pipeline.extract_files import EMPTY


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    return company_in(tmp_path_factory.mktemp("company"))


# --- odd files ---------------------------------------------------------------------------------

NAN = float("nan")
TEXT, WHOLE, NUMBER, DAY = pa.string(), pa.int64(), pa.float64(), pa.date32()


def write_odd_folder(raw: Path) -> None:
    """The same contract in every form in which it may come."""
    write_parquet(
        raw / "crm_accounts.parquet",
        {
            "ACCOUNT_ID": (TEXT, ["a1", " a2 ", "a3"]),
            "Account_Name": (TEXT, ["One", "Two", None]),
            "Created_At": (pa.timestamp("ns"), [datetime(2023, 1, 1, 10)] * 3),
            "employee_count": (NUMBER, [120.0, 12.5, NAN]),
            "integration_count": (WHOLE, [7, 3_000_000_000, 1]),
            "is_strategic": (pa.bool_(), [True, None, False]),
            "_loader": (pa.struct([("batch", WHOLE)]), [{"batch": 1}] * 3),
            "tags": (pa.list_(TEXT), [["x"], [], None]),
        },
    )
    # Columns in another order and case, Windows line ends, a byte order mark.
    write_text(
        raw / "billing_subscriptions.csv.gz",
        "\ufeff"
        + csv_text(
            [
                {
                    "Started_On": "2023-01-31",
                    "SEATS": "14.0",
                    "ACCOUNT_ID": "a1",
                    "subscription_id": "s1",
                    "Note": "of a column that is not in the contract, and of a comma",
                },
                {
                    "Started_On": "2023-02-28T23:30:00-05:00",
                    "SEATS": "2",
                    "ACCOUNT_ID": " a2",
                    "subscription_id": "s2",
                },
            ],
            lineterminator="\r\n",
        ),
    )  # fmt: skip
    parts = raw / "billing_subscription_items"
    item = {
        "subscription_id": (TEXT, ["s1", "s1"]),
        "item_id": (TEXT, ["i1", "i2"]),
        "product_id": (TEXT, ["core", "core"]),
        "quantity": (pa.decimal128(18, 2), [Decimal("10.00"), Decimal("1.50")]),
        "billing_interval": (TEXT, ["Month", " YEAR "]),
    }
    first = {
        "effective_from": (DAY, [date(2023, 2, 1)] * 2),
        "unit_amount": (NUMBER, [9.99, NAN]),
    }
    write_parquet(parts / "part-0.parquet", item | first)
    second = {
        "effective_from": (DAY, [date(2024, 2, 1)] * 2),
        "unit_amount": (NUMBER, [12.0, 240.0]),
        "discount_percent": (pa.float32(), [12.5, None]),
    }
    write_parquet(parts / "part-1.parquet", item | second)
    write_text(raw / "billing_plans.csv", "plan_id,plan_rank\n")
    write_parquet(raw / "product_users.parquet", {"user_id": (TEXT, []), "account_id": (TEXT, [])})
    write_text(
        raw / "product_features.csv",
        "feature_key;is_core;is_gateway\nf1;True;FALSE\nf2;t;f\nf3;1;0\nf4;yes;No\nf5;;\n",
    )
    # Nothing is a comment, and a quoted cell holds what it holds.
    write_text(
        raw / "crm_signals.csv",
        "signal_id,account_id,occurred_at,signal_type,note\n"
        "#1,a1,2024-01-01 00:30:00+02:00,Cancel_Request,# left\n"
        '2,a1,2024-01-01T00:30:00Z,cancel_request,"said ""no"",\nthen left"\n',
    )
    write_text(
        raw / "product_events.csv",
        "event_id,account_id,event_name,occurred_at,duration_seconds\n"
        "e1,a1,login,2024-03-01 08:00:00,60.0\n"
        "e1,a1,login,2024-03-01 09:00:00,61\n"
        "e1,a1,login,2024-03-02 08:00:00,\n",
    )
    write_text(raw / "an_extract_of_something_else.csv", "a,b\n1,2,3\n")
    write_text(raw / "README.md", "What the loader says of itself.\n")


@pytest.fixture(scope="module")
def odd_build(company: Company) -> Built:
    write_odd_folder(company.raw)
    return company.build(*LEDGER)


def test_odd_files_are_read_as_what_they_hold(odd_build: Built):
    assert odd_build.returncode == 0, odd_build.output[-4000:]
    assert "Raw contract: 8 of 29 tables found" in odd_build.output
    assert counted(odd_build) == {
        "crm_accounts": [3, 2, 0, 1],
        "billing_subscriptions": [2, 2, 0, 0],
        "billing_subscription_items": [4, 3, 0, 1],
        "billing_plans": [0, 0, 0, 0],
        "product_users": [0, 0, 0, 0],
        "product_features": [5, 5, 0, 0],
        "crm_signals": [2, 2, 0, 0],
        "product_events": [3, 2, 1, 0],
    }
    assert rejected(odd_build) == {
        ("crm_accounts", "a3", "missing:account_name"): "account_name is empty, and is required",
        (
            "billing_subscription_items",
            "s1|i2|2023-02-01",
            "missing:unit_amount",
        ): "unit_amount is empty, and is required",
    }
    assert nulled(odd_build) == {
        ("crm_accounts", "employee_count"): (1, "12.5"),
        ("crm_accounts", "integration_count"): (1, "3000000000"),
    }
    (row_data,) = odd_build.query(
        "select row_data from quality.dq_rejected_rows where row_key = 'a3'"
    )
    assert json.loads(row_data[0]) == {
        "ACCOUNT_ID": "a3",
        "Account_Name": None,
        "Created_At": "2023-01-01 10:00:00",
        "employee_count": "nan",
        "integration_count": "1",
        "is_strategic": "false",
        "_loader": "{'batch': 1}",
        "tags": None,
    }


def test_odd_values_are_typed_by_the_contract(odd_build: Built):
    for sql, expected in (
        (
            "select account_id, created_at, employee_count, integration_count, is_strategic"
            " from staging.stg_crm__accounts",
            [
                ("a1", datetime(2023, 1, 1, 10), 120, 7, True),
                ("a2", datetime(2023, 1, 1, 10), None, None, None),
            ],
        ),
        (
            # The UTC day of a moment in a date's place.
            "select subscription_id, account_id, started_on, seats"
            " from staging.stg_billing__subscriptions",
            [("s1", "a1", date(2023, 1, 31), 14), ("s2", "a2", date(2023, 3, 1), 2)],
        ),
        (
            "select item_id, effective_from, quantity, unit_amount, discount_percent,"
            " billing_interval from staging.stg_billing__subscription_items",
            [
                ("i1", date(2023, 2, 1), 10.0, 9.99, None, "month"),
                ("i1", date(2024, 2, 1), 10.0, 12.0, 12.5, "month"),
                ("i2", date(2024, 2, 1), 1.5, 240.0, None, "year"),
            ],
        ),
        (
            "select feature_key, is_core, is_gateway from staging.stg_product__features",
            [(f"f{number}", True, False) for number in range(1, 5)] + [("f5", None, None)],
        ),
        (
            "select signal_id, occurred_at, signal_type, note from staging.stg_crm__signals",
            [
                ("#1", datetime(2023, 12, 31, 22, 30), "cancel_request", "# left"),
                ("2", datetime(2024, 1, 1, 0, 30), "cancel_request", 'said "no",\nthen left'),
            ],
        ),
        (
            # s1: 10 x 12.00 less 12.5 % and 1.5 x 240.00 / 12.
            "select account_id, closing_mrr from marts.fct_mrr_monthly where month = '2024-02-01'",
            [("a1", Decimal("135.00"))],
        ),
    ):
        assert sorted(odd_build.query(sql), key=str) == sorted(expected, key=str)


# --- extracts that cannot be read --------------------------------------------------------------


def test_one_message_names_everything_that_is_missing(company: Company):
    write_text(company.raw / "crm_accounts.csv", "account_id,name\na1,One\n")
    write_text(company.raw / "billing_subscription_items.csv", "")
    write_parquet(
        company.raw / "crm_contacts.parquet", {"contact_id": (TEXT, []), "account": (TEXT, [])}
    )
    built = company.build()
    assert built.returncode != 0
    head, *_ = (line for line in built.output.splitlines() if "missing in the folder" in line)
    missing = [line.strip() for line in built.output.splitlines() if line.strip().startswith("- ")]
    said = f"Raw contract: {len(missing)} unreadable or missing in the folder {company.raw}:"
    assert said in head
    billing, crm = (f"models/staging/{name}/_{name}__sources.yml" for name in ("billing", "crm"))
    assert missing == [
        f"- {company.raw}/billing_subscription_items.csv {EMPTY}",
        "- table billing_subscriptions (billing.subscriptions) is required: "
        + ", ".join(column.name for column in contract()["billing_subscriptions"].columns)
        + f" [{billing}]",
        f"- column crm_accounts.account_name is required: account_name: text [{crm}]",
        f"- column crm_accounts.created_at is required: created_at: timestamp [{crm}]",
        f"- column crm_contacts.account_id is required: account_id: id [{crm}]",
    ]
    assert "START sql" not in built.output
    assert "docs/bring_your_own_data.md describes every table" in built.output


def test_two_files_of_one_table_are_one_too_many(company: Company):
    for ending in (".csv", ".csv.gz"):
        write_text(company.raw / f"crm_accounts{ending}", "account_id\n")
    built = company.build()
    assert built.returncode != 0
    file = company.raw / "crm_accounts"
    assert (
        f"Raw contract: more than one file holds crm_accounts: {file}.csv and {file}.csv.gz."
        " Keep one of them."
    ) in built.output
    assert "START sql" not in built.output


def test_line_that_is_no_csv_is_named_with_its_file(company: Company):
    raw = company.raw
    write_folder(raw, {"billing_subscriptions": [contract()["billing_subscriptions"].row(1)]})
    write_text(
        raw / "crm_accounts.csv",
        "account_id,account_name,created_at\na-1,One,2023-01-01\na-2,Two, Ltd,2023-01-01\n",
    )
    built = company.build(*LEDGER)
    assert built.returncode != 0
    for words in (
        "CSV Error on Line: 3",
        "a-2,Two, Ltd,2023-01-01",
        f"file = {raw}/crm_accounts.csv",
    ):
        assert words in built.output


# --- tables in the warehouse -------------------------------------------------------------------


def test_tables_in_the_warehouse_are_read_where_a_loader_left_them(company: Company):
    with duckdb.connect(str(company.file)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        for statement in (
            "create schema my_raw",
            "create table my_raw.crm_accounts as select * from (values"
            " ('a1', 'One', timestamptz '2023-01-01 01:00:00+02:00', 1::hugeint),"
            " ('a1', 'One', timestamptz '2023-01-01 01:00:00+02:00', 1::hugeint),"
            " ('a2', null, null, null)"
            ') as rows ("ACCOUNT_ID", account_name, created_at, department_count)',
            "create view my_raw.billing_subscriptions as select 's1' as subscription_id,"
            " 'a1' as account_id, date '2023-01-31' as started_on,"
            " 99.99::decimal(9, 2) as mrr_amount, ['x'] as labels",
            "create table my_raw.support_tickets"
            " (ticket_id int, account_id text, created_at timestamp, csat_score tinyint)",
            "create table my_raw.of_something_else as select 1 as account_id",
        ):
            connection.execute(statement)
    built = company.build(*LEDGER, raw_schema="my_raw")
    assert built.returncode == 0, built.output[-4000:]
    assert "Raw contract: 3 of 29 tables found in schema my_raw" in built.output
    assert counted(built) == {
        "crm_accounts": [3, 1, 1, 1],
        "billing_subscriptions": [1, 1, 0, 0],
        "support_tickets": [0, 0, 0, 0],
    }
    assert list(rejected(built)) == [("crm_accounts", "a2", "missing:account_name")]
    accounts = "select account_id, created_at, department_count from staging.stg_crm__accounts"
    assert built.query(accounts) == [("a1", datetime(2022, 12, 31, 23), 1)]
    mrr = "select distinct closing_mrr from marts.fct_mrr_monthly"
    assert built.query(mrr) == [(Decimal("99.99"),)]
