"""What is read of what loaders leave: shapes of values, places, own fields, and own tables."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import dbt
from connected import Connected, connected, write_tables
from loaded_shapes import FIELDS, PROBES, VALUES, write_probes, write_shapes
from project_copy import ProjectCopy

from connectors.test_hubspot import TABLES as HUBSPOT
from connectors.test_hubspot import deal
from connectors.test_salesforce import TABLES as SALESFORCE
from connectors.test_zendesk import FIVETRAN as ZENDESK

Row = dict[str, Any]
NEW_YEAR = datetime(2024, 1, 1)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Row]]:
    """What the adapter reads of each object, without the columns that are null."""
    home = tmp_path_factory.mktemp("shapes")
    places = write_shapes(home)
    project = ProjectCopy(home / "project")
    write_probes(project.home / "models" / "probes")
    policy = write_tables(home / "policy", {"source_fields": FIELDS, "source_values": VALUES})
    build = dbt(
        *("build", home, *project.options, "--select", "path:models/probes"),
        *("--vars", json.dumps({"sources": places, "run_date": "2025-07-01"})),
        CS_POLICY_PATH=str(policy),
    )
    assert build.returncode == 0, build.output
    with duckdb.connect(str(home / "build.duckdb"), read_only=True) as connection:
        return {name: rows_of(connection, name) for name in PROBES}


def rows_of(connection: duckdb.DuckDBPyConnection, name: str) -> list[Row]:
    """The rows of a table as mappings, in the order of their columns."""
    found = connection.execute(f"select * from main.{name} order by all")
    names = [column[0] for column in found.description]
    return [
        {key: value for key, value in zip(names, row, strict=True) if value is not None}
        for row in found.fetchall()
    ]


def test_a_time_is_read_from_any_of_its_shapes(read: dict[str, list[Row]]) -> None:
    (row,) = read["loaded_subscription"]
    assert {name: value for name, value in row.items() if isinstance(value, datetime)} == {
        "created_at": NEW_YEAR,  # seconds
        "start_date": NEW_YEAR,  # milliseconds
        "ended_at": datetime(2024, 3, 31, 23, 30, 0, 500000),  # seconds with a fraction
        "canceled_at": datetime(2024, 4, 1, 1, 30),  # ISO 8601 with an offset
        "trial_start": NEW_YEAR,  # seconds as text
        "trial_end": NEW_YEAR,  # text without an offset
        "current_period_start": NEW_YEAR,  # text in UTC
        "current_period_end": datetime(2024, 1, 1, 12),  # the engine's own type
        "resumes_at": NEW_YEAR,  # seconds in JSON
    }
    assert {each["created_at"] for each in read["loaded_customer"] if "id" in each} == {
        datetime(2024, 4, 1, 1, 30)  # the engine's own type, with a time zone
    }


def test_a_path_leads_into_text_json_struct_and_flat_columns(read: dict[str, list[Row]]) -> None:
    (row,) = read["loaded_subscription"]
    assert row["pause_behavior"] == "void"  # JSON as text
    assert (row["discount_percent_off"], row["discount_currency"]) == (12.5, "EUR")  # flat
    assert (row["customer_id"], row["is_live"]) == ("cus_1", True)
    customer = read["loaded_customer"][0]
    assert (customer["country"], customer["salesforce_id"]) == ("DE", "001A")  # JSON, struct
    assert read["loaded_item"][0]["price_id"] == "price_1"


def test_a_column_without_a_value_is_null_whatever_its_type(read: dict[str, list[Row]]) -> None:
    assert not [row for row in read["loaded_customer"] if "email" in row]
    assert "cancel_at" not in read["loaded_subscription"][0]
    assert read["loaded_invoice"] == []


def test_ids_that_went_through_a_float_are_whole(read: dict[str, list[Row]]) -> None:
    tickets = [row["id"] for row in read["loaded_ticket"] if "id" in row]
    assert tickets == ["17", "9000000001"]
    assert {row["organization_id"] for row in read["loaded_ticket"]} == {"9000000002"}
    assert {row["requester_id"] for row in read["loaded_ticket"]} == {"123"}
    assert read["loaded_customer"][0]["hubspot_id"] == "9000000001"


def test_of_two_rows_an_id_the_last_change_stands(read: dict[str, list[Row]]) -> None:
    """Not the row that the loader brought last. Between equal changes the load decides."""
    versions = {
        (row.get("id", ""), row["_loaded_at"].day): row["_version"]
        for row in read["loaded_customer"]
    }
    assert versions == {
        ("cus_1", 3): 1,
        ("cus_1", 2): 2,
        ("cus_1", 4): 3,
        ("cus_2", 1): 1,
        # Rows without an id are no versions of each other.
        ("", 1): 1,
        ("", 2): 1,
    }


def test_names_of_an_api_are_found_in_parquet(read: dict[str, list[Row]]) -> None:
    (account,) = read["loaded_account"]
    assert account == {
        "id": "001A",
        "name": "Alder & Co",
        "created_date": datetime(2024, 4, 1, 1, 30),
        "csm_id": "u_first",
        "country": "DE",
        "employee_count": 9,
        "is_deleted": False,
        "modified_at": datetime(2024, 4, 2, 8),
        "_version": 1,
    }
    (won,) = read["loaded_opportunity"]
    assert (won["account_id"], won["amount"], won["is_won"]) == ("001A", 12.5, True)
    assert won["created_date"] == datetime(2024, 4, 1, 8)
    (stage,) = read["loaded_history"]  # of OpportunityHistory
    assert (stage["opportunity_id"], stage["stage_name"]) == ("006A", "Talk")


def test_own_fields_come_first_in_the_order_of_their_names(read: dict[str, list[Row]]) -> None:
    """Own fields that the table lacks are passed over. The order of the file says nothing."""
    (account,) = read["loaded_account"]
    assert (account["name"], account["csm_id"]) == ("Alder & Co", "u_first")
    assert account["country"] == "DE"  # into a struct, before the names that are known


def test_a_value_means_what_its_longest_row_says(read: dict[str, list[Row]]) -> None:
    meanings = {row.get("word"): row.get("meaning") for row in read["loaded_meaning"]}
    assert meanings == {
        "RENEWAL": "renewal",
        "Renewal of all": "renewal_of_more",
        "renewed": "any_renewal",
        "renewal quote": "quote",
        "Nothing": None,
        "else": "other",
        None: "other",
    }
    assert all(row.get("unmapped") == row.get("word") for row in read["loaded_meaning"])


OWN_ACCOUNTS = [{"account_id": "cus_1", "account_name": "Mine", "created_at": "2023-01-01"}]
OWN_SUBSCRIPTION = {"account_id": "cus_1", "started_on": "2024-01-01", "status": "active"}
OWN_SUBSCRIPTION |= {"currency": "USD", "mrr_amount": "70"}


def subscriptions(*names: str) -> list[Row]:
    """The company's own subscriptions of its only account."""
    return [OWN_SUBSCRIPTION | {"subscription_id": name} for name in names]


STRIPE: dict[str, list[Row]] = {
    "subscription": [
        {"id": f"sub_{number}", "customer": f"cus_{number}", "status": "active"}
        | {"created": "1704067200", "start_date": "1704067200"}
        for number in (1, 2)
    ],
    "subscription_item": [
        {"id": f"si_{number}", "subscription": f"sub_{number}", "plan": "p1", "quantity": "2"}
        | {"created": "1704067200"}
        for number in (1, 2)
    ],
    "price": [
        {"id": "p1", "currency": "usd", "unit_amount": "3000", "type": "recurring"}
        | {"recurring_interval": "month", "recurring_interval_count": "1"}
    ],
}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Connected:
    """Own accounts and subscriptions beside Stripe and two CRMs, one of the ids known to Stripe."""
    build = connected(
        tmp_path_factory.mktemp("own"),
        {"stripe": STRIPE, "salesforce": SALESFORCE, "hubspot": HUBSPOT},
        raw={"crm_accounts": OWN_ACCOUNTS, "billing_subscriptions": subscriptions("sub_1", "s9")},
        select="+stg_crm__accounts +stg_crm__opportunities +stg_billing__subscriptions"
        " +stg_billing__subscription_items",
    )
    assert build.code == 0, build.output
    return build


def test_own_tables_win_table_by_table(own: Connected) -> None:
    assert own.rows("select account_id, account_name from staging.stg_crm__accounts") == [
        ("cus_1", "Mine")
    ]
    assert own.rows(
        "select subscription_id from staging.stg_billing__subscriptions order by 1"
    ) == [
        ("s9",),
        ("sub_1",),
    ]
    # There are no own items, so those of the connector are read.
    assert own.rows(
        "select item_id, subscription_id from staging.stg_billing__subscription_items"
    ) == [("si_1", "sub_1")]


def test_ids_that_agree_in_part_are_a_warning(own: Connected) -> None:
    assert "WARNING Sources: only 1 of 2 subscriptions of stripe have the id of one" in own.output


def test_without_a_word_salesforce_is_the_crm(own: Connected) -> None:
    assert "hubspot is not read, because base_crm is salesforce" in own.output
    names = {node["alias"] for node in own.build.manifest["nodes"].values()}
    assert "con_salesforce__accounts" in names
    assert not [name for name in names if name.startswith("con_hubspot__")]


def check(home: Path, *words: str, **environment: str) -> str:
    """What a check says that must fail."""
    found = dbt("run-operation", home, *words, **environment)
    assert found.returncode != 0, found.output
    return found.output


def folders(home: Path, systems: dict[str, dict[str, list[Row]]]) -> dict[str, str]:
    """The folder of each system."""
    return {name: str(write_tables(home / name, tables)) for name, tables in systems.items()}


def test_ids_that_never_agree_stop_a_build_on_the_crm_that_is_named(tmp_path: Path) -> None:
    places = folders(
        tmp_path, {"stripe": STRIPE, "salesforce": {"deal": [deal("1", "won")]}, "hubspot": HUBSPOT}
    )
    raw = write_tables(tmp_path / "raw", {"billing_subscriptions": subscriptions("s8", "s9")})
    settings = {"sources": places, "base_crm": "hubspot", "raw_path": str(raw)}
    said = check(tmp_path, "check_sources", "--vars", json.dumps(settings))
    assert "Sources: 1 to correct" in said
    assert "0 of 2 subscriptions of stripe have the id of one in your own billing table" in said
    # Nothing of Salesforce is missed, because HubSpot is the CRM.
    assert "salesforce is not read, because base_crm is hubspot" in said


def test_all_that_is_missing_is_one_message(tmp_path: Path) -> None:
    stripe = {name: rows for name, rows in STRIPE.items() if name != "subscription_item"}
    zendesk = {name: rows for name, rows in ZENDESK.items() if name != "ticket"}
    places = folders(tmp_path, {"stripe": stripe, "zendesk": zendesk})
    settings = {"sources": places | {"segment": "no_such_schema"}}
    said = check(tmp_path, "check_sources", "--vars", json.dumps(settings))
    assert said.count("to correct:") == 1
    _, _, message = said.partition("Sources: 3 to correct:")
    assert "stripe has no subscription_item (looked for subscription_item, " in message
    assert "zendesk has no ticket (looked for ticket, " in message
    assert "segment has no " in message
    assert "in no_such_schema)" in message


def test_names_and_places_that_cannot_be_are_one_message(tmp_path: Path) -> None:
    given = "strpe=raw_stripe, zendesk, segment=raw;drop"
    said = check(tmp_path, "check_vars", CS_SOURCES=given)
    assert "Vars: 3 cannot be used" in said
    assert 'sources names "strpe", expected one of salesforce, hubspot, stripe' in said
    assert 'sources.zendesk is "", expected a schema or a folder' in said
    assert 'sources.segment is "raw;drop", expected a schema or a folder' in said


@pytest.mark.parametrize("given", ["stripe=raw_stripe", ["stripe"]])
def test_sources_that_are_no_mapping_are_refused(given: object, tmp_path: Path) -> None:
    said = check(tmp_path, "check_vars", "--vars", json.dumps({"sources": given}))
    assert "expected a system and its place, as in {stripe: raw_stripe" in said
