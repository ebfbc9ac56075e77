"""Tickets of Zendesk: what a small company's tables must become."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from helpers.connected import Connected, connected
from helpers.two_accounts import TWO_ACCOUNTS

if TYPE_CHECKING:
    from pathlib import Path

SELECT = "+con_zendesk__tickets +stg_support__tickets"
USERS = [
    {
        "id": 1,
        "role": "end-user",
        "organization_id": 10,
        "external_id": "usr_1",
        "email": "a@acme.example",
    },
    {"id": 2, "role": "end-user", "organization_id": "", "external_id": "", "email": "b@gmail.com"},
    {"id": 8, "role": "agent", "organization_id": "", "external_id": "", "email": "x@us.example"},
    {"id": 9, "role": "admin", "organization_id": "", "external_id": "", "email": "y@us.example"},
]
ORGANIZATIONS = [
    {"id": 10, "name": "Acme", "external_id": "acme"},
    {"id": 11, "name": "Beta", "external_id": ""},
]


def ticket(number: int, **changed: Any) -> dict[str, Any]:
    """A solved ticket of Acme's user, opened at 9:00."""
    given = {
        "id": number,
        "_fivetran_deleted": "false",
        "created_at": "2025-03-03 09:00:00",
        "updated_at": "2025-03-09 09:00:00",
        "status": "solved",
        "priority": "High",
        "organization_id": 10,
        "requester_id": 1,
        "merged_ticket_ids": "[]",
    }
    return given | changed


def changes(number: int, field: str, *steps: tuple[str, str]) -> list[dict[str, Any]]:
    """The history of a field, as (day and hour in March 2025, value)."""
    return [
        {"ticket_id": number, "field_name": field, "updated": f"2025-03-{at}:00:00", "value": value}
        for at, value in steps
    ]


def comment(number: int, ticket_id: int, at: str, user: int, public: str) -> dict[str, Any]:
    """A comment at a day and hour of March 2025."""
    created = f"2025-03-{at}:00:00"
    return {
        "id": number,
        "ticket_id": ticket_id,
        "created": created,
        "user_id": user,
        "public": public,
    }


FIVETRAN = {
    "ticket": [
        ticket(1),
        ticket(2, status="open"),
        ticket(3, status="closed"),
        ticket(4, status="deleted"),
        ticket(5, _fivetran_deleted="true"),
        ticket(6, merged_ticket_ids="[7, 12]"),
        ticket(7),
        ticket(8, organization_id=""),
        ticket(9, organization_id=11, priority=""),
        ticket(10, organization_id="", requester_id=2, requester_name="kept apart"),
        ticket(11, requester_id=8),
        ticket(12, updated_at="2025-03-08 09:00:00", status="open"),
        ticket(12, updated_at="2025-03-09 09:00:00", status="closed"),
        ticket(13),
    ],
    "ticket_field_history": [
        *changes(
            1,
            "status",
            ("03 09", "new"),
            ("04 09", "solved"),
            ("05 09", "open"),
            ("06 09", "solved"),
        ),
        *changes(
            1, "satisfaction_score", ("06 10", "offered"), ("07 10", "good"), ("08 10", "bad")
        ),
        *changes(2, "status", ("03 09", "new"), ("04 09", "solved"), ("05 09", "open")),
        *changes(3, "status", ("03 09", "new"), ("06 09", "closed")),
        *changes(3, "satisfaction_score", ("06 10", "offered")),
        *changes(8, "status", ("03 09", "new"), ("04 09", "solved"), ("08 09", "closed")),
        *changes(8, "satisfaction_score", ("06 10", "good")),
        *changes(9, "satisfaction_score", ("06 10", "4")),
        *changes(10, "satisfaction_score", ("06 10", "great")),
        *changes(11, "satisfaction_score", ("06 10", "good"), ("07 10", "offered")),
    ],
    "ticket_comment": [
        comment(100, 1, "03 09", 1, "true"),
        comment(101, 1, "03 10", 8, "false"),
        comment(102, 1, "03 11", 1, "true"),
        comment(103, 1, "03 12", 9, "true"),
        comment(104, 1, "03 13", 8, "true"),
        comment(105, 2, "03 10", 8, "false"),
        comment(106, 11, "03 10", 8, "true"),
        comment(107, 11, "03 14", 9, "true"),
    ],
    "ticket_tag": [
        {"ticket_id": 1, "tag": "Escalated"},
        {"ticket_id": 2, "tag": "billing"},
        {"ticket_id": 13, "tag": "closed_by_merge"},
    ],
    "user": USERS,
    "organization": ORGANIZATIONS,
    "domain_name": [{"index": 0, "organization_id": 11, "domain_name": "beta.example"}],
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Connected:
    """The company as Fivetran leaves it."""
    built = connected(
        tmp_path_factory.mktemp("zendesk"), {"zendesk": FIVETRAN}, TWO_ACCOUNTS, select=SELECT
    )
    assert built.code == 0, built.output
    return built


def by_ticket(company: Connected, column: str) -> dict[int, Any]:
    """A column of the tickets that stand, by ticket."""
    rows = company.rows(
        f"select ticket_id, {column} from connectors.con_zendesk__tickets "
        "where not_taken is distinct from 'older_version'"
    )
    return {int(number): value for number, value in rows}


def test_first_response_is_the_first_public_comment_of_an_agent(company: Connected) -> None:
    answered = by_ticket(company, "strftime(first_responded_at, '%d %H')")
    # Notes and the customer's own comments are none. An agent who asks does not answer himself.
    assert answered[1] == "03 12"
    assert answered[2] is None
    assert answered[11] == "03 14"


def test_a_reopened_ticket_is_solved_when_it_was_last_solved(company: Connected) -> None:
    solved = by_ticket(company, "strftime(solved_at, '%d %H')")
    assert solved[1] == "06 09"
    assert solved[2] is None
    # Closed without being solved, and solved before it was closed.
    assert solved[3] == "06 09"
    assert solved[8] == "04 09"


def test_ratings_are_mapped_by_source_values(company: Connected) -> None:
    scores = by_ticket(company, "csat_score")
    assert (scores[1], scores[3], scores[8], scores[9], scores[11]) == ("1", None, "5", "4", None)
    # A text without a row stands, so that the contract counts it by name.
    assert scores[10] == "great"


def test_a_tag_escalates(company: Connected) -> None:
    escalated = by_ticket(company, "is_escalated")
    assert escalated[1] is True
    assert escalated[2] is False
    assert escalated[3] is False


def test_what_is_not_taken_says_why(company: Connected) -> None:
    reasons = by_ticket(company, "not_taken")
    found = {number: reason for number, reason in reasons.items() if reason}
    assert found == {4: "deleted", 5: "deleted", 7: "merged", 12: "merged", 13: "merged"}
    counted = company.rows(
        "select not_taken, count(*) from connectors.con_zendesk__tickets group by all order by all"
    )
    assert counted == [("deleted", 2), ("merged", 3), ("older_version", 1), (None, 8)]


def test_accounts_come_from_the_organization_of_ticket_or_requester(company: Connected) -> None:
    accounts = by_ticket(company, "account_id")
    assert accounts[1] == "acme"
    assert accounts[8] == "acme"
    # Nothing links these. They keep the id of their source, and the contract calls them orphans.
    assert accounts[9] == "11"
    assert accounts[10] == "2"


def test_priority_and_user_are_taken_over(company: Connected) -> None:
    priorities, users = by_ticket(company, "priority"), by_ticket(company, "user_id")
    assert (priorities[1], priorities[9]) == ("high", None)
    assert (users[1], users[10]) == ("usr_1", None)


def test_an_organization_is_found_by_the_addresses_of_its_users_and_domains(
    company: Connected,
) -> None:
    parties = company.rows(
        "select source, source_id, own_account_id, address from connectors.con_zendesk__parties "
        "order by all"
    )
    assert parties == [
        ("zendesk", "10", "acme", "a@acme.example"),
        ("zendesk", "11", None, "beta.example"),
        ("zendesk_user", "2", None, "b@gmail.com"),
    ]


def test_metrics_stand_in_for_histories(tmp_path: Path) -> None:
    tickets = {
        "tickets": [
            ticket(1, satisfaction_rating='{"score": "good"}', tags='["vip", "escalated"]'),
            ticket(2, status="open", satisfaction_rating="", tags="[]"),
            ticket(3, tags='["closed_by_merge"]'),
        ],
        "ticket_metrics": [
            {
                "ticket_id": number,
                "solved_at": "2025-03-04T09:00:00Z",
                "reply_time_in_minutes": '{"calendar": 90, "business": 30}',
            }
            for number in (1, 2)
        ],
        "users": USERS,
        "organizations": [
            {
                "id": 10,
                "name": "Acme",
                "external_id": "",
                "domain_names": '["acme.example", "acme.test"]',
            }
        ],
    }
    built = connected(tmp_path, {"zendesk": tickets}, TWO_ACCOUNTS, select=SELECT)
    assert built.code == 0, built.output
    found = built.rows(
        "select ticket_id, strftime(first_responded_at, '%H:%M'), strftime(solved_at, '%d'), "
        "csat_score, is_escalated, not_taken from connectors.con_zendesk__tickets order by 1"
    )
    assert found == [
        ("1", "10:30", "04", "5", True, None),
        ("2", "10:30", None, None, False, None),
        ("3", None, None, None, False, "merged"),
    ]
    addresses = built.rows(
        "select address from connectors.con_zendesk__parties where source = 'zendesk' order by all"
    )
    assert addresses == [("a@acme.example",), ("acme.example",), ("acme.test",)]


def test_tickets_alone_are_enough(tmp_path: Path) -> None:
    built = connected(tmp_path, {"zendesk": {"ticket": [ticket(1)]}}, TWO_ACCOUNTS, select=SELECT)
    assert built.code == 0, built.output
    assert built.rows(
        "select account_id, first_responded_at, solved_at, is_escalated "
        "from connectors.con_zendesk__tickets"
    ) == [("10", None, None, None)]
