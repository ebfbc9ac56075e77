"""HubSpot as the CRM: what its records become, with worked values."""

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from connected import SHARED, Connected, connected

SYNCED = "2025-06-30 03:00:00"
A, B, C, D, E = "9000000001", "9000000002", "9000000003", "9000000004", "9000000005"

Row = dict[str, Any]


def company(key: str, name: str, **more: Any) -> Row:
    """A row of company."""
    row = {"id": key, "property_name": name, "property_createdate": "2024-01-05 10:00:00"}
    return row | {"is_deleted": "false", "_fivetran_synced": SYNCED} | more


def deal(key: str, stage: str, **more: Any) -> Row:
    """A row of deal, in the pipeline `sales`."""
    row = {"deal_id": key, "deal_pipeline_id": "sales", "deal_pipeline_stage_id": stage}
    row |= {"property_amount": "100", "property_createdate": "2025-01-10 09:00:00"}
    return row | {"property_closedate": "2025-03-31 12:00:00"} | more


def meeting(key: str, outcome: str, day: str = "2025-06-10", **more: Any) -> Row:
    """A row of engagement_meeting."""
    row = {"engagement_id": key, "property_hs_meeting_outcome": outcome}
    row |= {"property_hs_timestamp": f"{day} 10:00:00", "property_hs_activity_type": "QBR"}
    return row | {"_fivetran_synced": SYNCED} | more


def stage(pipeline: str, key: str, label: str, chance: str, **more: Any) -> Row:
    """A row of deal_pipeline_stage."""
    row = {"pipeline_id": pipeline, "stage_id": key, "label": label, "probability": chance}
    return row | {"is_closed": "false", "closed_won": "false"} | more


PRICE: Row = {
    "id": "p1",
    "currency": "usd",
    "unit_amount": "1000",
    "recurring_interval": "month",
    "recurring_interval_count": "1",
    "type": "recurring",
    "livemode": "true",
}
BILLED: dict[str, list[Row]] = {
    "billing_subscriptions": [
        {"subscription_id": "s1", "account_id": A, "started_on": "2024-01-01", "status": "active"}
    ]
}
STRIPE: dict[str, list[Row]] = {
    "customer": [
        {"id": "cus_1", "email": "x@alder.example", "created": "2024-01-01", "livemode": "true"},
        {"id": "cus_2", "email": "x@nowhere.example", "created": "2024-01-01", "livemode": "true"},
    ],
    "subscription_history": [
        {"id": f"sub_{number}", "customer_id": f"cus_{number}", "status": "canceled"}
        | {"created": "2024-01-01", "start_date": "2024-01-01", "ended_at": "2025-04-20 08:00:00"}
        | {"livemode": "true", "_fivetran_active": "true", "_fivetran_start": "2024-01-01"}
        for number in (1, 2)
    ],
    "subscription_item": [
        {"id": f"si_{number}", "subscription_id": f"sub_{number}", "plan_id": "p1"}
        | {"quantity": "1", "created": "2024-01-01"}
        for number in (1, 2)
    ],
    "price": [PRICE],
}
TABLES: dict[str, list[Row]] = {
    "company": [
        company(A, "Alder", property_domain="alder.example", property_churn_reason="No value seen"),
        company(B, "Birch", is_deleted="true"),
        company(C, "Cedar", property_csm="51"),
        company(D, "Dogwood", _fivetran_deleted="true"),
        company(
            E,
            "Elm",
            property_hs_merged_object_ids=f"{B};9000000099",
            property_csm="51.0",
            property_hubspot_owner_id="52",
            property_churn_reason="Sunspots",
        ),
    ],
    "contact": [
        {"id": "71", "property_associatedcompanyid": B, "property_firstname": "Ada"}
        | {"property_hs_buying_role": "END_USER;BUDGET_HOLDER", "property_jobtitle": "CFO"},
        {"id": "72", "property_associatedcompanyid": A, "property_lastname": "Bo"}
        | {"property_hs_calculated_merged_vids": "73:1556653200000;74:1556653200001"}
        | {"property_hs_buying_role": "OTHER"},
        {"id": "73", "property_associatedcompanyid": A},
        {"id": "75", "property_firstname": "Di"},
        {"id": "76", "property_associatedcompanyid": A, "_fivetran_deleted": "true"},
    ],
    "owner": [
        {"owner_id": "51", "first_name": "Uma", "last_name": "Ash", "created_at": "2023-01-01"},
        {"owner_id": "52", "email": "vic@we.example", "created_at": "2023-01-01"}
        | {"is_active": "false", "updated_at": "2025-02-28 09:00:00"},
    ],
    "deal": [
        deal("1", "won", property_hs_acv="300", property_dealtype="newbusiness"),
        deal("2", "open", property_hs_arr="50", property_dealtype="existingbusiness"),
        deal("3", "open", deal_pipeline_id="renewals", property_dealtype="renewal"),
        deal("4", "lost", property_closed_lost_reason="Too expensive for us"),
        deal("5", "won"),
        deal("6", "open", property_amount=""),
        deal("7", "open"),
        deal("8", "nosuch"),
    ],
    "deal_company": [
        {"deal_id": "1", "company_id": A, "type_id": "341"},
        {"deal_id": "1", "company_id": E, "type_id": "5"},
        {"deal_id": "2", "company_id": E, "type_id": "341"},
        {"deal_id": "2", "company_id": A, "type_id": "341"},
        *({"deal_id": key, "company_id": A, "type_id": "5"} for key in ("3", "4", "5", "6", "8")),
    ],
    "merged_deal": [{"deal_id": "1", "merged_deal_id": "5"}],
    "deal_pipeline_stage": [
        stage("renewals", "open", "Asked", "0.9"),
        stage("sales", "open", "Talk", "0.25"),
        stage("sales", "old", "Talk before", "0.3"),
        stage("sales", "won", "Yes", "1", is_closed="true", closed_won="true"),
        stage("sales", "lost", "No", "0", is_closed="true"),
    ],
    "deal_stage": [
        {"deal_id": key, "value": value, "date_entered": day}
        for key, value, day in [
            ("1", "open", "2025-01-10 09:00:00"),
            ("1", "old", "2025-02-10 09:00:00"),
            ("1", "won", "2025-03-10 09:00:00"),
            ("99", "open", "2025-03-10 09:00:00"),
        ]
    ],
    "engagement_meeting": [
        meeting("81", "COMPLETED", property_hubspot_owner_id="51"),
        meeting("82", "NO_SHOW"),
        meeting("83", "RESCHEDULED"),
        meeting("84", "", "2025-07-10"),
        meeting("85", "", property_hs_activity_type="", property_hs_meeting_title="Kick-off"),
        meeting("86", "SCHEDULED", _fivetran_deleted="true"),
        meeting("87", "COMPLETED"),
    ],
    "engagement_task": [
        {"engagement_id": "91", "property_hs_task_type": "EMAIL"}
        | {"property_hs_task_status": "COMPLETED", "property_hs_timestamp": "2025-06-01 08:00:00"}
        | {"property_hs_task_completion_date": "2025-06-03 08:00:00"}
    ],
    "engagement_company": [
        {"engagement_id": key, "company_id": owner}
        for key, owner in [
            *(("81", name) for name in (A, E, B)),
            *((name, A) for name in ("82", "83", "84", "86", "91")),
        ]
    ],
    "engagement_contact": [
        {"engagement_id": "81", "contact_id": "74"},
        {"engagement_id": "81", "contact_id": "71"},
        {"engagement_id": "85", "contact_id": "71"},
    ],
    "company_property_history": [
        {"company_id": E, "name": name, "value": value, "timestamp": day}
        for name, value, day in [
            ("csm", "52", "2024-02-01 10:00:00"),
            ("csm", "51", "2024-09-01 08:00:00"),
            ("csm", "52", "2024-09-01 07:00:00"),
            ("hubspot_owner_id", "52", "2024-05-01 10:00:00"),
            ("csm", "", "2025-01-01 10:00:00"),
        ]
    ],
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Connected:
    """The connector's tables over TABLES, with Stripe beside."""
    home = tmp_path_factory.mktemp("hubspot")
    found = connected(home, {"hubspot": TABLES, "stripe": STRIPE}, select="+con_hubspot__*")
    assert found.code == 0, found.output
    return found


def table(built: Connected, name: str, columns: str, key: str) -> dict[Any, tuple[Any, ...]]:
    """The rows of a table by their key."""
    rows = built.rows(f"select {key}, {columns} from connectors.con_hubspot__{name}")
    assert len({row[0] for row in rows}) == len(rows)
    return {row[0]: row[1:] for row in rows}


def test_companies_that_are_no_customers_are_left_out(built: Connected) -> None:
    assert table(built, "accounts", "account_name, csm_id, not_taken", "account_id") == {
        A: ("Alder", None, None),
        B: ("Birch", None, "merged"),
        C: ("Cedar", "51", "prospect"),
        D: ("Dogwood", None, "deleted"),
        E: ("Elm", "51", None),
    }


def test_a_company_that_only_a_merge_names_leads_to_the_one_that_stands(built: Connected) -> None:
    sql = "select account_id, not_taken from connectors.con_account_statuses"
    assert built.rows(f"{sql} where record_id = '9000000099'") == [(E, "merged")]


def test_contacts_follow_merges_and_take_their_strongest_role(built: Connected) -> None:
    columns = "account_id, full_name, stakeholder_type, seniority, not_taken"
    assert table(built, "contacts", columns, "contact_id") == {
        "71": (E, "Ada", "economic_buyer", "c_level", None),
        "72": (A, "Bo", None, None, None),
        "73": (A, None, None, None, "merged"),
        "75": (None, "Di", None, None, "no_account"),
        "76": (A, None, None, None, "deleted"),
    }


def test_a_deal_belongs_to_its_primary_company_else_the_lowest(built: Connected) -> None:
    columns = "account_id, opportunity_type, stage, amount, not_taken"
    assert table(built, "opportunities", columns, "opportunity_id") == {
        "1": (E, "new", "closed_won", 300, None),
        "2": (A, "upsell", "qualified", 50, None),
        "3": (A, "renewal", "committed", 100, None),
        "4": (A, "new", "closed_lost", 100, None),
        "5": (A, "new", "closed_won", 100, "merged"),
        "6": (A, "new", "qualified", None, "no_amount"),
        "7": (None, "new", "qualified", 100, "no_account"),
        "8": (A, "new", "nosuch", 100, None),
    }


def test_stages_and_the_true_day_of_the_close(built: Connected) -> None:
    sql = "select opportunity_id, stage, entered_at::date, not_taken"
    sql += " from connectors.con_hubspot__opportunity_stages order by 1, 3"
    assert built.rows(sql) == [
        ("1", "qualified", date(2025, 1, 10), None),
        ("1", "qualified", date(2025, 2, 10), "same_stage"),
        ("1", "closed_won", date(2025, 3, 10), None),
        ("99", "committed", date(2025, 3, 10), "no_opportunity"),
    ]
    closed = table(built, "opportunities", "closed_on, expected_close_on", "opportunity_id")
    assert closed["1"] == (date(2025, 3, 10), None)
    assert closed["2"] == (None, date(2025, 3, 31))
    assert closed["4"] == (date(2025, 3, 31), None)


def test_an_engagement_is_one_activity_of_each_account(built: Connected) -> None:
    columns = "account_id, contact_id, activity_type, status, not_taken"
    assert table(built, "activities", columns, "activity_id") == {
        f"81-{A}": (A, "72", "qbr", "completed", None),
        f"81-{B}": (E, "71", "qbr", "completed", None),
        f"81-{E}": (E, "71", "qbr", "completed", "merged"),
        "82": (A, None, "qbr", "no_show", None),
        "83": (A, None, "qbr", "canceled", None),
        "84": (A, None, "qbr", "scheduled", None),
        "85": (E, "71", "kickoff", "completed", None),
        "86": (A, None, "qbr", "scheduled", "deleted"),
        "87": (None, None, "qbr", "completed", "no_account"),
        "91": (A, None, "email", "completed", None),
    }
    times = table(built, "activities", "scheduled_at, completed_at", "activity_id")
    assert times["84"] == (datetime(2025, 7, 10, 10), None)
    assert times["91"] == (datetime(2025, 6, 1, 8), datetime(2025, 6, 3, 8))


def test_the_team_is_who_has_accounts_or_is_listed(built: Connected) -> None:
    columns = "member_name, role, hired_on, left_on, not_taken"
    assert table(built, "team_members", columns, "member_id") == {
        "51": ("Uma Ash", "csm", date(2023, 1, 1), None, None),
        "52": ("vic@we.example", None, date(2023, 1, 1), date(2025, 2, 28), "no_role"),
    }


def test_the_history_of_the_csm_property_gives_assignments(built: Connected) -> None:
    columns = "account_id, member_id, assigned_from, assigned_to, not_taken"
    sql = f"select {columns} from connectors.con_hubspot__account_assignments order by 3"
    assert built.rows(sql) == [
        (E, "52", date(2024, 2, 1), date(2024, 9, 1), None),
        (E, "51", date(2024, 9, 1), date(2025, 1, 1), None),
    ]


def test_a_reason_without_a_day_takes_that_of_the_last_subscription(built: Connected) -> None:
    columns = "churned_on, reason_code, not_taken"
    assert table(built, "churn_reasons", columns, "account_id") == {
        A: (date(2025, 4, 20), "no_value_realized", None),
        E: (None, "Sunspots", "no_date"),
    }


@pytest.fixture(scope="module")
def nested(tmp_path_factory: pytest.TempPathFactory) -> Connected:
    """Properties as JSON, lists of companies, no stages, and no object but companies and deals."""
    tables: dict[str, list[Row]] = {
        "companies": [
            {"id": A, "properties": '{"name": "Alder", "createdate": "2024-01-05T10:00:00Z"}'}
        ],
        "deals": [
            {
                "id": key,
                "archived": "false",
                "companies": f'["{A}", "{B}"]',
                "properties": f'{{"dealstage": "{stage_id}", "amount": "7",'
                f' "hs_is_closed": "{done}",'
                f' "dealtype": "{kind}", "createdate": "2025-01-05T10:00:00Z",'
                f' "closedate": "2025-02-05T10:00:00Z", "hs_deal_stage_probability": "{chance}",'
                ' "closed_lost_reason": "Price"}',
            }
            for key, stage_id, kind, chance, done in [
                ("1", "closedwon", "newbusiness", "1", "true"),
                ("2", "12345", "existingbusiness", "0.74", "false"),
                ("3", "closedlost", "existingbusiness", "0", "true"),
                ("4", "closedlost", "newbusiness", "0", "true"),
            ]
        ],
    }
    home = tmp_path_factory.mktemp("nested")
    found = connected(home, {"hubspot": tables}, raw=BILLED, select="+con_hubspot__*")
    assert found.code == 0, found.output
    return found


def test_json_properties_and_lists_are_read(nested: Connected) -> None:
    columns = "account_id, opportunity_type, stage, amount, not_taken"
    assert table(nested, "opportunities", columns, "opportunity_id") == {
        "1": (A, "new", "closed_won", 7, None),
        "2": (A, "upsell", "proposed", 7, None),
        "3": (A, "upsell", "closed_lost", 7, None),
        "4": (A, "new", "closed_lost", 7, None),
    }
    assert table(nested, "accounts", "account_name, not_taken", "account_id") == {
        A: ("Alder", None)
    }


def test_lost_deals_of_customers_give_reasons_where_companies_do_not(nested: Connected) -> None:
    sql = "select account_id, churned_on, reason_code from connectors.con_hubspot__churn_reasons"
    assert nested.rows(sql) == [(A, date(2025, 2, 5), "pricing")]


COMPARED = {
    "accounts": "select account_name, created_at, industry, region, country, employee_count"
    " from connectors.con_{0}__accounts where not_taken is null",
    "opportunities": "select account_name, opportunity_type, stage, amount, currency,"
    " rows.created_at, expected_close_on, closed_on from connectors.con_{0}__opportunities as rows"
    " join connectors.con_{0}__accounts using (account_id) where rows.not_taken is null",
    "activities": "select account_name, activity_type, scheduled_at"
    " from connectors.con_{0}__activities as rows"
    " join connectors.con_{0}__accounts using (account_id) where rows.not_taken is null",
}


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared company")
def test_one_company_is_the_same_in_both_crms(tmp_path: Path) -> None:
    found = {}
    for crm in ("salesforce", "hubspot"):
        folder = SHARED / "loaded_company" / crm
        select = f"+con_{crm}__*"
        build = connected(tmp_path / crm, {crm: folder}, raw=BILLED, select=select)
        assert build.code == 0, build.output
        found[crm] = {name: build.rows(sql.format(crm)) for name, sql in COMPARED.items()}
    for name in COMPARED:
        rows = {crm: sorted(map(repr, tables[name])) for crm, tables in found.items()}
        assert rows["salesforce"], name
        assert rows["salesforce"] == rows["hubspot"], name
    with (SHARED / "loaded_company" / "salesforce" / "event.csv").open() as file:
        assert len(found["hubspot"]["activities"]) == len(list(csv.DictReader(file)))
