"""Events of Amplitude: built from its documented columns, since no real export was at hand."""

from __future__ import annotations

import json
from typing import Any

import pytest
from helpers.connected import Connected, connected
from helpers.two_accounts import TWO_ACCOUNTS


def event(number: int, at: str, user: str, groups: object = "", **changed: Any) -> dict[str, Any]:
    """An event on a day and hour of March 2025."""
    return {
        "_insert_id": f"i{number}",
        "uuid": f"00000000-{number}",
        "user_id": user,
        "event_type": "report_created",
        "event_time": f"2025-03-{at}:00:00",
        "server_upload_time": f"2025-03-{at}:00:05",
        "user_creation_time": "",
        "user_properties": "{}",
        "event_properties": "{}",
        "groups": json.dumps(groups) if groups else "",
    } | changed


AMPLITUDE = {
    "event": [
        event(1, "03 09", "u1", {"org": ["acme"]}),
        # A resend: the same number, sent later.
        event(
            1,
            "03 09",
            "u1",
            {"org": ["acme"]},
            uuid="00000000-9",
            server_upload_time="2025-03-04 01:00:00",
        ),
        event(2, "04 09", "u1", event_type="session_start"),
        event(3, "05 09", "u1", {"org": "beta"}, event_properties='{"quantity": 12.5}'),
        event(4, "06 09", "u1"),
        event(5, "02 09", "u1"),
        event(6, "06 09", ""),
        event(7, "06 09", "u2", {"company": ["Delta, Inc"]}, _insert_id=""),
        event(
            8,
            "06 09",
            "u3",
            user_properties='{"email": "c@acme.example"}',
            user_creation_time="2025-01-05 10:00:00",
        ),
        event(9, "06 09", "u4", {"workspace": ["acme"]}),
    ]
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Connected:
    """The company's build. It has groups of its own kind, which a field map names."""
    built = connected(
        tmp_path_factory.mktemp("amplitude"),
        {"amplitude": AMPLITUDE},
        TWO_ACCOUNTS,
        policy={
            "source_fields": [
                {
                    "system": "amplitude",
                    "object": "event",
                    "field": "groups.workspace",
                    "fills": "group_id",
                }
            ]
        },
        select="+con_amplitude__events +con_amplitude__users +stg_product__events",
    )
    assert built.code == 0, built.output
    return built


def of_events(company: Connected, column: str) -> dict[str, Any]:
    """A column of the events, by event."""
    return dict(
        company.rows(f"select distinct event_id, {column} from connectors.con_amplitude__events")
    )


def test_a_resend_has_the_id_of_its_event(company: Connected) -> None:
    counted = dict(
        company.rows(
            "select event_id, count(*) from connectors.con_amplitude__events group by event_id"
        )
    )
    assert counted["i1"] == 2
    # Without a number of the product's the one of Amplitude stands.
    assert counted["00000000-7"] == 1


def test_groups_are_accounts(company: Connected) -> None:
    accounts = of_events(company, "account_id")
    assert (accounts["i1"], accounts["i3"]) == ("acme", "beta")
    # Without a group of its own: the last one of the user by that day, if there is one.
    assert (accounts["i2"], accounts["i4"], accounts["i5"]) == ("acme", "beta", "u1")
    assert accounts["00000000-7"] == "Delta, Inc"
    assert accounts["i9"] == "acme"


def test_an_anonymous_event_is_not_taken(company: Connected) -> None:
    reasons = of_events(company, "not_taken")
    assert {event: reason for event, reason in reasons.items() if reason} == {"i6": "anonymous"}


def test_names_and_quantities(company: Connected) -> None:
    names, quantities = of_events(company, "event_name"), of_events(company, "quantity")
    assert (names["i2"], names["i1"]) == ("login", "report_created")
    assert (float(quantities["i3"]), quantities["i1"]) == (12.5, None)


def test_a_user_is_known_from_the_creation_or_the_first_event_on(company: Connected) -> None:
    users = company.rows(
        "select user_id, account_id, strftime(created_at, '%m-%d') "
        "from connectors.con_amplitude__users order by user_id"
    )
    assert users == [
        ("u1", "beta", "03-02"),
        ("u2", "Delta, Inc", "03-06"),
        ("u3", "u3", "01-05"),
        ("u4", "acme", "03-06"),
    ]


def test_a_user_without_a_group_is_found_by_address(company: Connected) -> None:
    assert company.rows(
        "select source, source_id from connectors.con_amplitude__parties where address is not null"
    ) == [("amplitude_user", "u3")]
