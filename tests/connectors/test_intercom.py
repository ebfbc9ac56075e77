"""Conversations of Intercom: what a small company's tables must become."""

from __future__ import annotations

from typing import Any

import pytest
from helpers.connected import SHARED, Connected, connected
from helpers.two_accounts import TWO_ACCOUNTS

SELECT = "+con_intercom__tickets +stg_support__tickets"


def conversation(number: int, **changed: Any) -> dict[str, Any]:
    """A closed conversation that contact u1 opened at 9:00."""
    return {
        "id": number,
        "created_at": "2025-03-03 09:00:00",
        "updated_at": "2025-03-09 09:00:00",
        "state": "closed",
        "priority": "not_priority",
        "conversation_rating_value": "",
        "source_author_id": "k1",
        "source_author_type": "user",
        "_fivetran_active": "true",
    } | changed


def part(number: int, talk: int, at: str, kind: str, author: str) -> dict[str, Any]:
    """A part of a conversation at a day and hour of March 2025."""
    return {
        "id": number,
        "conversation_id": talk,
        "part_type": kind,
        "author_type": author,
        "created_at": f"2025-03-{at}:00:00",
        "_fivetran_active": "true",
    }


INTERCOM = {
    "conversation_history": [
        conversation(1, priority="priority", conversation_rating_value=4),
        conversation(2),
        conversation(3, state="open"),
        conversation(4, source_author_id="k2"),
        conversation(5, updated_at="2025-03-08 09:00:00", state="open", _fivetran_active="false"),
        conversation(5),
        conversation(6, source_author_id="", source_author_type="bot"),
        conversation(7, source_author_id="k3"),
        conversation(8, _fivetran_active="false"),
    ],
    "conversation_part_history": [
        part(10, 1, "03 10", "comment", "bot"),
        part(11, 1, "03 11", "note", "admin"),
        part(12, 1, "03 12", "comment", "admin"),
        part(13, 1, "04 09", "close", "admin"),
        part(14, 1, "05 09", "open", "user"),
        part(15, 1, "06 09", "close", "admin"),
        part(20, 2, "03 10", "comment", "bot"),
        part(21, 2, "03 11", "close", "bot"),
        part(30, 3, "03 10", "comment", "bot"),
        part(31, 3, "03 11", "close", "admin"),
        part(32, 3, "03 12", "open", "user"),
        part(50, 5, "03 10", "comment", "admin"),
        part(60, 6, "03 10", "comment", "admin"),
        part(70, 7, "03 10", "comment", "admin"),
    ],
    "conversation_contact_history": [
        {"conversation_id": 6, "contact_id": "k1", "_fivetran_active": "true"},
    ],
    "contact_history": [
        {"id": "k1", "email": "a@acme.example", "external_id": "usr_1", "updated_at": "2025-03-01"},
        {"id": "k2", "email": "b@none.example", "external_id": "", "updated_at": "2025-03-01"},
        {"id": "k3", "email": "c@beta.example", "external_id": "", "updated_at": "2025-03-01"},
    ],
    "contact_company_history": [
        {"contact_id": "k1", "company_id": "co0", "_fivetran_active": "true"},
        {"contact_id": "k1", "company_id": "co1", "_fivetran_active": "true"},
        {"contact_id": "k2", "company_id": "co1", "_fivetran_active": "false"},
        {"contact_id": "k3", "company_id": "co3", "_fivetran_active": "true"},
    ],
    "company_history": [
        {
            "id": "co0",
            "company_id": "unknown",
            "name": "None",
            "website": "",
            "updated_at": "2025-03-01",
        },
        {
            "id": "co1",
            "company_id": "acme",
            "name": "Acme",
            "website": "acme.example",
            "updated_at": "2025-03-01",
        },
        {"id": "co3", "company_id": "", "name": "Other", "website": "", "updated_at": "2025-03-01"},
    ],
    "conversation_tag_history": [
        {"conversation_id": 1, "tag_id": 7, "_fivetran_active": "true"},
        {"conversation_id": 3, "tag_id": 7, "_fivetran_active": "false"},
    ],
    "tag": [{"id": 7, "name": "Escalated"}],
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Connected:
    """The company as Fivetran leaves it."""
    built = connected(
        tmp_path_factory.mktemp("intercom"), {"intercom": INTERCOM}, TWO_ACCOUNTS, select=SELECT
    )
    assert built.code == 0, built.output
    return built


def by_ticket(company: Connected, column: str) -> dict[int, Any]:
    """A column of the tickets that stand, by ticket."""
    rows = company.rows(
        f"select ticket_id, {column} from connectors.con_intercom__tickets "
        "where not_taken is distinct from 'older_version'"
    )
    return {int(number): found for number, found in rows}


def test_first_response_is_the_first_comment_of_an_admin(company: Connected) -> None:
    answered = by_ticket(company, "strftime(first_responded_at, '%d %H')")
    assert (answered[1], answered[2], answered[3]) == ("03 12", None, None)


def test_a_closed_conversation_is_solved_at_its_last_close(company: Connected) -> None:
    solved = by_ticket(company, "strftime(solved_at, '%d %H')")
    assert (solved[1], solved[3]) == ("06 09", None)


def test_values_are_mapped(company: Connected) -> None:
    rows = company.rows(
        "select priority, csat_score, is_escalated, user_id from connectors.con_intercom__tickets "
        "where ticket_id in ('1', '3') order by ticket_id"
    )
    assert rows == [("high", "4", True, "usr_1"), (None, None, False, "usr_1")]


def test_what_is_not_taken_says_why(company: Connected) -> None:
    reasons = by_ticket(company, "not_taken")
    found = {number: reason for number, reason in reasons.items() if reason}
    # A bot alone closed the second one. The third one still waits for an admin.
    assert found == {2: "bot_only", 4: "no_company", 8: "deleted"}
    assert company.rows(
        "select count(*) from connectors.con_intercom__tickets where not_taken = 'older_version'"
    ) == [(1,)]


def test_the_account_is_that_of_a_company_of_the_contact(company: Connected) -> None:
    accounts = by_ticket(company, "account_id")
    # Of two companies the one with an account counts. One without an account keeps its own id.
    assert (accounts[1], accounts[6], accounts[7]) == ("acme", "acme", "co3")


def test_nested_objects_are_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    tables = {
        "conversations": [
            {
                "id": 1,
                "created_at": 1741000000,
                "updated_at": 1741000100,
                "state": "closed",
                "priority": "not_priority",
                "conversation_rating": '{"rating": 5}',
                "source": '{"author": {"type": "user", "id": "k1"}}',
                "tags": '{"type": "tag.list", "tags": [{"id": "7", "name": "Escalated"}]}',
            }
        ],
        "contacts": [
            {
                "id": "k1",
                "email": "a@x.example",
                "companies": '{"data": [{"type": "company", "id": "co1"}]}',
            }
        ],
        "companies": [{"id": "co1", "company_id": "acme", "name": "Acme"}],
        "conversation_parts": [
            {
                "id": 5,
                "conversation_id": 1,
                "part_type": "comment",
                "author": '{"type": "admin", "id": "1"}',
                "created_at": 1741000060,
            }
        ],
    }
    built = connected(
        tmp_path_factory.mktemp("nested"), {"intercom": tables}, TWO_ACCOUNTS, select=SELECT
    )
    assert built.code == 0, built.output
    assert built.rows(
        "select account_id, date_diff('second', created_at, first_responded_at), csat_score, "
        "is_escalated, not_taken from connectors.con_intercom__tickets"
    ) == [("acme", 60, "5", True, None)]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the packages' own seeds are not here")
def test_the_seeds_of_a_package_build(tmp_path_factory: pytest.TempPathFactory) -> None:
    places = {"intercom": SHARED / "intercom_fivetran", "zendesk": SHARED / "zendesk_fivetran"}
    built = connected(
        tmp_path_factory.mktemp("seeds"),
        places,
        TWO_ACCOUNTS,
        select=SELECT + " +con_zendesk__tickets",
    )
    assert built.code == 0, built.output
