"""Salesforce as the CRM: what its records become, with worked values."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from connected import Connected, connected

SYNCED = "2025-06-30 03:00:00"
A, B, C, D, E = (f"001{name}" for name in ("Alder", "Birch", "Cedar", "Dogwood", "Elm"))
BILLED = {"subscription_id": "s1", "account_id": A, "started_on": "2024-01-01", "status": "active"}
STAGES = {"Idea": 24, "Talk": 25, "Quote": 49, "Offer": 50, "Terms": 74, "Paper": 75, "Odd": 1000}

Row = dict[str, Any]


def account(key: str, name: str, **more: Any) -> Row:
    """A row of account."""
    row = {"id": key, "name": name, "created_date": "2024-01-05 10:00:00", "is_deleted": "false"}
    return row | {"_fivetran_synced": SYNCED} | more


def opportunity(key: str, stage: str, **more: Any) -> Row:
    """A row of opportunity, of the first account."""
    row = {"id": key, "account_id": A, "stage_name": stage, "amount": "100", "is_deleted": "false"}
    row |= {"is_won": "false", "is_closed": "false", "created_date": "2025-01-10 09:00:00"}
    return row | {"close_date": "2025-09-30", "type": "New Business"} | more


def won(key: str, account_id: str, **more: Any) -> Row:
    """A won opportunity, which makes its account a customer."""
    closed = {"is_won": "true", "is_closed": "true", "close_date": "2025-03-31"}
    return opportunity(key, "Closed Won", account_id=account_id) | closed | more


def event(key: str, day: str, **more: Any) -> Row:
    """A meeting of one hour with the first account."""
    times = {"start_date_time": f"{day} 10:00:00", "end_date_time": f"{day} 11:00:00"}
    return {"id": key, "account_id": A, "type": "QBR", "_fivetran_synced": SYNCED} | times | more


TABLES: dict[str, list[Row]] = {
    "account": [
        account(A, "Alder (old)", last_modified_date="2024-02-01 00:00:00"),
        account(A, "Alder", last_modified_date="2024-03-01 00:00:00", csm_c="u1", parent_id=B),
        account(B, "Birch", is_deleted="true", master_record_id=E),
        account(C, "Cedar", csm_c="u1"),
        account(D, "Dogwood", is_deleted="true"),
        account(E, "Elm", owner_id="u2", churn_date_c="2025-05-31", churn_reason_c="Price"),
    ],
    "contact": [
        {"id": "c1", "account_id": B, "name": "Ada", "title": "CFO", "email": "ada@elm.example"},
        {"id": "c2", "account_id": A, "first_name": "Bo", "title": "Head of IT"},
        {"id": "c3", "account_id": A, "name": "Cy", "master_record_id": "c2", "is_deleted": "true"},
        {"id": "c4", "name": "Di"},
        {"id": "c5", "account_id": C, "name": "Ed"},
        {
            "id": "c6",
            "account_id": A,
            "name": "Flo",
            "no_longer_at_company_c": "true",
            "last_modified_date": "2025-02-03 23:30:00",
        },
    ],
    "opportunity_contact_role": [
        {"id": "r1", "contact_id": "c2", "role": "Business User"},
        {"id": "r2", "contact_id": "c2", "role": "Economic Buyer"},
        {"id": "r3", "contact_id": "c6", "role": "Other"},
    ],
    "user": [
        {"id": "u1", "name": "Uma", "created_date": "2023-01-01 00:00:00", "is_active": "true"},
        {
            "id": "u2",
            "name": "Vic",
            "title": "Account Executive, EMEA",
            "created_date": "2023-01-01 00:00:00",
            "last_modified_date": "2025-02-28 09:00:00",
            "is_active": "false",
        },
        {"id": "u3", "name": "Wes", "title": "Plumber", "is_active": "true"},
    ],
    "opportunity": [
        won("w1", A, currency_iso_code="eur", amount="999", arr_c="250"),
        won("w2", E, close_date="2025-02-01"),
        *(opportunity(f"o{number}", stage) for number, stage in enumerate(STAGES)),
        opportunity("lost", "Closed Lost", is_closed="true", type="Existing Business"),
        opportunity("empty", "Idea", amount=""),
        opportunity("gone", "Idea", is_deleted="true"),
        opportunity("nobody", "Idea", account_id=""),
        opportunity("orphan", "Idea", account_id="001Nowhere", type="Add-On"),
        opportunity("early", "Idea", account_id=C),
    ],
    "opportunity_stage": [
        *(
            {"id": name, "master_label": name, "default_probability": p}
            for name, p in STAGES.items()
        ),
        {"id": "cw", "master_label": "Closed Won", "is_won": "true", "is_closed": "true"},
        {"id": "cl", "master_label": "Closed Lost", "is_won": "false", "is_closed": "true"},
    ],
    "opportunity_history": [
        {"id": f"h{number}", "opportunity_id": key, "stage_name": stage, "created_date": day}
        for number, (key, stage, day) in enumerate(
            [
                ("w1", "Idea", "2025-01-10 09:00:00"),
                ("w1", "Idea", "2025-01-20 09:00:00"),
                ("w1", "Closed Won", "2025-03-10 22:00:00"),
                ("w1", "Closed Won", "2025-04-10 22:00:00"),
                ("w2", "Closed Won", "2025-03-10 22:00:00"),
                ("elsewhere", "Idea", "2025-03-10 22:00:00"),
            ]
        )
    ],
    "event": [
        event("e1", "2025-06-10", who_id="c3", owner_id="u1"),
        event("e2", "2025-07-10"),
        event("e3", "2025-06-11", is_child="true"),
        event("e4", "2025-06-12", no_show_c="true", type="", subject="Kick-off with all"),
        event("e5", "2025-06-13", account_id="", what_id="w2", type="Meeting"),
        event("e6", "2025-06-14", account_id="", who_id="c1", type="Call"),
        event("e7", "2025-06-15", account_id="", type="Picnic"),
    ],
    "task": [
        {
            "id": "t1",
            "account_id": A,
            "task_subtype": "Email",
            "activity_date": "2025-06-01",
            "is_closed": "true",
            "completed_date_time": "2025-06-02 08:00:00",
        },
        {"id": "t2", "account_id": A, "type": "Other", "activity_date": "2025-06-01"},
    ],
    "account_history": [
        {"id": key, "account_id": A, "field": "csm__c", "created_date": "2025-02-10 12:00:00"}
        | {"old_value": before, "new_value": after}
        for key, before, after in [("x1", "Vic", "Uma"), ("x2", "u2", "u1")]
    ],
    "dated_conversion_rate": [
        {"iso_code": code, "start_date": day, "conversion_rate": rate}
        for code, day, rate in [
            ("USD", "2025-01-01", "1"),
            ("EUR", "2025-01-01", "0.8"),
            ("EUR", "2025-02-01", "0.9"),
        ]
    ],
}


def build(home: Path, tables: dict[str, list[Row]]) -> Connected:
    """The connector's tables, beside one subscription of the company's own extract."""
    return connected(
        home,
        {"salesforce": tables},
        raw={"billing_subscriptions": [BILLED]},
        select="+con_salesforce__*",
        reporting_currency="USD",
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Connected:
    """The connector's tables over TABLES, reported in US dollars."""
    home = tmp_path_factory.mktemp("salesforce")
    found = build(home, TABLES)
    assert found.code == 0, found.output
    return found


def table(built: Connected, name: str, columns: str, key: str) -> dict[Any, tuple[Any, ...]]:
    """The rows of a table by their key, older versions left out."""
    sql = f"select {key}, {columns} from connectors.con_salesforce__{name}"
    rows = built.rows(f"{sql} where coalesce(not_taken, '') <> 'older_version'")
    assert len({row[0] for row in rows}) == len(rows)
    return {row[0]: row[1:] for row in rows}


def test_an_account_without_a_sign_of_life_is_a_prospect(built: Connected) -> None:
    found = table(built, "accounts", "account_name, not_taken", "account_id")
    assert found == {
        A: ("Alder", None),
        B: ("Birch", "merged"),
        C: ("Cedar", "prospect"),
        D: ("Dogwood", "deleted"),
        E: ("Elm", None),
    }
    versions = built.rows("select count(*) from connectors.con_salesforce__accounts")
    assert versions == [(6,)], "the older version is a row too"


def test_an_owner_is_no_csm_where_accounts_name_csms(built: Connected) -> None:
    found = table(built, "accounts", "csm_id, parent_account_id", "account_id")
    assert found[A] == ("u1", E), "the parent was merged"
    assert found[E] == (None, None)


def test_contacts_follow_merges_and_take_their_strongest_role(built: Connected) -> None:
    columns = "account_id, full_name, stakeholder_type, seniority, departed_on, not_taken"
    assert table(built, "contacts", columns, "contact_id") == {
        "c1": (E, "Ada", None, "c_level", None, None),
        "c2": (A, "Bo", "economic_buyer", "director", None, None),
        "c3": (A, "Cy", None, None, None, "merged"),
        "c4": (None, "Di", None, None, None, "no_account"),
        "c5": (C, "Ed", None, None, None, "prospect"),
        "c6": (A, "Flo", None, None, date(2025, 2, 3), None),
    }


def test_a_stage_is_placed_by_its_default_probability(built: Connected) -> None:
    found = table(built, "opportunities", "stage", "opportunity_id")
    assert [found[f"o{number}"][0] for number in range(len(STAGES))] == [
        "identified",
        "qualified",
        "qualified",
        "proposed",
        "proposed",
        "committed",
        "committed",
    ]
    assert found["lost"] == ("closed_lost",)


def test_opportunities_are_yearly_and_say_why_they_are_left_out(built: Connected) -> None:
    columns = "account_id, opportunity_type, amount, currency, not_taken"
    found = table(built, "opportunities", columns, "opportunity_id")
    assert found["w1"] == (A, "new", 250, "EUR", None)
    assert found["lost"] == (A, "upsell", 100, None, None)
    assert found["orphan"] == ("001Nowhere", "cross_sell", 100, None, None)
    left_out = {key: row[-1] for key, row in found.items() if row[-1]}
    assert left_out == {
        "empty": "no_amount",
        "gone": "deleted",
        "nobody": "no_account",
        "early": "prospect",
    }


def test_history_corrects_a_close_that_is_typed_too_late(built: Connected) -> None:
    found = table(built, "opportunities", "closed_on, expected_close_on", "opportunity_id")
    assert found["w1"] == (date(2025, 3, 10), None), "a later change of the amount is no close"
    assert found["w2"] == (date(2025, 2, 1), None), "entered late, typed in right"
    assert found["o1"] == (None, date(2025, 9, 30))


def test_only_another_stage_is_entered(built: Connected) -> None:
    found = built.rows(
        "select opportunity_id, stage, entered_at::date, not_taken"
        " from connectors.con_salesforce__opportunity_stages order by opportunity_id, entered_at"
    )
    assert found == [
        ("elsewhere", "identified", date(2025, 3, 10), "no_opportunity"),
        ("w1", "identified", date(2025, 1, 10), None),
        ("w1", "identified", date(2025, 1, 20), "same_stage"),
        ("w1", "closed_won", date(2025, 3, 10), None),
        ("w1", "closed_won", date(2025, 4, 10), "same_stage"),
        ("w2", "closed_won", date(2025, 3, 10), None),
    ]


def test_activities_find_their_account_and_their_kind(built: Connected) -> None:
    columns = "account_id, contact_id, activity_type, status, not_taken"
    assert table(built, "activities", columns, "activity_id") == {
        "e1": (A, "c2", "qbr", "completed", None),
        "e2": (A, None, "qbr", "scheduled", None),
        "e3": (A, None, "qbr", "completed", "child"),
        "e4": (A, None, "kickoff", "no_show", None),
        "e5": (E, None, "check_in", "completed", None),
        "e6": (E, "c1", "check_in", "completed", None),
        "e7": (None, None, "other", "completed", "no_account"),
        "t1": (A, None, "email", "completed", None),
        "t2": (A, None, "other", "scheduled", None),
    }
    times = table(built, "activities", "scheduled_at, completed_at", "activity_id")
    assert times["e1"] == (datetime(2025, 6, 10, 10), datetime(2025, 6, 10, 10))
    assert times["e2"] == (datetime(2025, 7, 10, 10), None)
    assert times["t1"] == (datetime(2025, 6, 1), datetime(2025, 6, 2, 8))


def test_the_team_is_who_has_a_role_or_accounts(built: Connected) -> None:
    columns = "member_name, role, hired_on, left_on, not_taken"
    hired = date(2023, 1, 1)
    assert table(built, "team_members", columns, "member_id") == {
        "u1": ("Uma", "csm", hired, None, None),
        "u2": ("Vic", "account_executive", hired, date(2025, 2, 28), None),
        "u3": ("Wes", None, None, None, "no_role"),
    }


def test_account_history_gives_the_csms_of_the_past(built: Connected) -> None:
    columns = "account_id, member_id, assigned_from, assigned_to, not_taken"
    sql = f"select {columns} from connectors.con_salesforce__account_assignments order by 3"
    assert built.rows(sql) == [
        (A, "u2", date(2024, 1, 5), date(2025, 2, 10), None),
        (A, "u1", date(2025, 2, 10), None, None),
    ]


def test_a_churn_has_the_reason_and_day_of_its_account(built: Connected) -> None:
    columns = "churned_on, reason_code, not_taken"
    found = table(built, "churn_reasons", columns, "account_id")
    assert found == {E: (date(2025, 5, 31), "pricing", None)}


def test_rates_are_those_of_the_corporate_currency(built: Connected) -> None:
    columns = "rate_on, currency, rate_to_reporting, not_taken"
    sql = f"select {columns} from connectors.con_salesforce__exchange_rates order by 1, 2"
    assert built.rows(sql) == [
        (date(2025, 1, 1), "EUR", 1.25, None),
        (date(2025, 1, 1), "USD", 1, None),
        (date(2025, 2, 1), "EUR", pytest.approx(1 / 0.9), None),
    ]


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Connected:
    """Names as the API writes them, history mode, no stages and no history objects."""
    start = "2025-01-01 00:00:00"
    changed = "2025-03-05 15:00:00"
    owners = [(start, "u1"), (changed, "u2")]
    stages = [(start, "Talk", "30"), (changed, "Done", "0")]
    tables: dict[str, list[Row]] = {
        "Account": [
            {"Id": A, "Name": "Alder", "CreatedDate": "2024-01-05T10:00:00.000+0000"}
            | {"OwnerId": owner, "_fivetran_start": since}
            for since, owner in owners
        ],
        "Opportunity": [
            {"Id": "o1", "AccountId": A, "StageName": stage, "Probability": chance, "Amount": "5"}
            | {"IsClosed": str(stage == "Done"), "IsWon": "False", "CloseDate": "2025-03-05"}
            | {"CreatedDate": start, "_fivetran_start": since, "Type": "Renewal"}
            | {"LossReason__c": "Went to a competitor"}
            for since, stage, chance in stages
        ]
        + [
            {"Id": "o2", "AccountId": A, "StageName": "Won", "IsWon": "True", "IsClosed": "True"}
            | {"Amount": "9", "CreatedDate": start, "CloseDate": "2025-01-01"}
        ],
        "DatedConversionRate": [
            {"IsoCode": "EUR", "StartDate": "2025-01-01", "ConversionRate": "1"},
            {"IsoCode": "USD", "StartDate": "2025-01-01", "ConversionRate": "1.1"},
        ],
    }
    home = tmp_path_factory.mktemp("versions")
    found = build(home, tables)
    assert found.code == 0, found.output
    return found


def test_versions_of_records_are_a_history(versions: Connected) -> None:
    sql = "select member_id, assigned_from, assigned_to"
    sql += " from connectors.con_salesforce__account_assignments order by assigned_from"
    assert versions.rows(sql) == [
        ("u1", date(2024, 1, 5), date(2025, 3, 5)),
        ("u2", date(2025, 3, 5), None),
    ]
    sql = "select stage, entered_at::date, not_taken"
    sql += " from connectors.con_salesforce__opportunity_stages order by entered_at"
    assert versions.rows(sql) == [
        ("qualified", date(2025, 1, 1), None),
        ("closed_lost", date(2025, 3, 5), None),
    ]


def test_the_owner_counts_as_csm_where_nothing_else_is_named(versions: Connected) -> None:
    sql = "select csm_id, created_at from connectors.con_salesforce__accounts"
    sql += " where not_taken is null"
    assert versions.rows(sql) == [("u2", datetime(2024, 1, 5, 10))]


def test_lost_renewals_give_reasons_where_accounts_do_not(versions: Connected) -> None:
    sql = "select churned_on, reason_code from connectors.con_salesforce__churn_reasons"
    assert versions.rows(sql) == [(date(2025, 3, 5), "competitor")]


def test_rates_of_another_corporate_currency_are_left_out(versions: Connected) -> None:
    sql = "select distinct not_taken from connectors.con_salesforce__exchange_rates"
    assert versions.rows(sql) == [("other_currency",)]
