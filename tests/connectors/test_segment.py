"""Events and users of Segment: what a small company's tables must become."""

from __future__ import annotations

from typing import Any

import pytest
from helpers.connected import Connected, connected
from helpers.two_accounts import TWO_ACCOUNTS


def track(
    number: int, at: str, user: str, text: str = "Report Created", **changed: Any
) -> dict[str, Any]:
    """An event on a day and hour of March 2025, received a minute later."""
    return {
        "id": f"e{number}",
        "user_id": user,
        "anonymous_id": "anon",
        "context_group_id": "",
        "event": text.lower().replace(" ", "_"),
        "event_text": text,
        "timestamp": f"2025-03-{at}:00:00",
        "received_at": f"2025-03-{at}:01:00",
    } | changed


def group(user: str, at: str, name: str) -> dict[str, Any]:
    """A statement that a user belongs to a group."""
    return {
        "id": f"{user}-{at}",
        "user_id": user,
        "group_id": name,
        "timestamp": f"2025-03-{at}:00:00",
    }


SEGMENT = {
    "tracks": [
        track(1, "03 09", "u1", context_group_id="beta"),
        track(2, "03 08", "u1", "Signed In"),
        track(3, "04 23", "u1"),
        track(4, "05 00", "u1"),
        track(5, "02 23", "u1"),
        track(6, "06 09", ""),
        track(7, "06 09", "u3", context_group_id="gamma"),
        track(8, "06 09", "u4", event_text=""),
        track(1, "03 09", "u1", context_group_id="beta"),
    ],
    "groups": [
        # Said at noon, it holds for the whole day.
        group("u1", "03 12", "acme"),
        group("u1", "05 09", "acme"),
        group("u1", "05 10", "beta"),
        group("u2", "03 12", "acme"),
    ],
    "identifies": [
        {
            "id": "i1",
            "user_id": "u1",
            "timestamp": "2025-03-02 10:00:00",
            "email": "old@acme.example",
        },
        {
            "id": "i2",
            "user_id": "u1",
            "timestamp": "2025-03-04 10:00:00",
            "email": "a@acme.example",
        },
        {"id": "i3", "user_id": "", "timestamp": "2025-03-04 10:00:00", "email": ""},
        {
            "id": "i4",
            "user_id": "u4",
            "timestamp": "2025-03-05 10:00:00",
            "email": "d@delta.example",
        },
    ],
    "users": [
        {"id": "u1", "received_at": "2025-03-09 10:00:00", "email": "a@acme.example"},
        {"id": "u2", "received_at": "2025-03-09 10:00:00", "email": "b@acme.example"},
    ],
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Connected:
    """The company's build."""
    built = connected(
        tmp_path_factory.mktemp("segment"),
        {"segment": SEGMENT},
        TWO_ACCOUNTS,
        select="+con_segment__events +con_segment__users +stg_product__users",
    )
    assert built.code == 0, built.output
    return built


def of_events(company: Connected, column: str) -> dict[str, Any]:
    """A column of the events, by event."""
    return dict(
        company.rows(f"select distinct event_id, {column} from connectors.con_segment__events")
    )


def test_the_group_of_an_event_is_its_own_else_the_last_of_its_user_by_the_day(
    company: Connected,
) -> None:
    accounts = of_events(company, "account_id")
    assert accounts["e1"] == "beta"
    assert accounts["e2"] == "acme"
    assert accounts["e3"] == "acme"
    # On a day with two statements the last one counts, also before it was made.
    assert accounts["e4"] == "beta"
    # The day before the first statement no group is known.
    assert accounts["e5"] == "u1"
    assert accounts["e7"] == "gamma"


def test_a_login_is_named_by_source_values(company: Connected) -> None:
    names = of_events(company, "event_name")
    assert (names["e2"], names["e1"], names["e8"]) == ("login", "Report Created", "report_created")


def test_an_anonymous_event_is_not_taken(company: Connected) -> None:
    reasons = of_events(company, "not_taken")
    assert {event for event, reason in reasons.items() if reason} == {"e6"}
    assert reasons["e6"] == "anonymous"


def test_times_are_those_of_the_event_and_of_its_receipt(company: Connected) -> None:
    assert company.rows(
        "select strftime(occurred_at, '%H:%M'), strftime(loaded_at, '%H:%M') "
        "from connectors.con_segment__events where event_id = 'e2'"
    ) == [("08:00", "08:01")]


def test_a_repeated_event_comes_along(company: Connected) -> None:
    assert company.rows(
        "select count(*) from connectors.con_segment__events where event_id = 'e1'"
    ) == [(2,)]


def test_a_user_is_known_from_the_first_statement_on(company: Connected) -> None:
    users = company.rows(
        "select user_id, account_id, strftime(created_at, '%d'), not_taken "
        "from connectors.con_segment__users order by user_id nulls last, not_taken nulls first"
    )
    assert users == [
        ("u1", "beta", "02", None),
        ("u1", "beta", "02", "older_version"),
        ("u1", "beta", "02", "older_version"),
        # The row of a user says when it last changed, so it dates nobody.
        ("u2", "acme", None, None),
        ("u4", "u4", "05", None),
        (None, None, "04", "anonymous"),
    ]


def test_groups_have_the_addresses_of_their_users(company: Connected) -> None:
    parties = company.rows(
        "select distinct source, source_id, own_account_id, address "
        "from connectors.con_segment__parties where address is not null order by all"
    )
    assert parties == [
        ("segment", "acme", "acme", "b@acme.example"),
        ("segment", "beta", "beta", "a@acme.example"),
        ("segment", "beta", "beta", "old@acme.example"),
        ("segment_user", "u4", None, "d@delta.example"),
    ]
    assert company.rows(
        "select distinct source_id from connectors.con_segment__parties "
        "where source = 'segment' order by all"
    ) == [("acme",), ("beta",), ("gamma",)]
