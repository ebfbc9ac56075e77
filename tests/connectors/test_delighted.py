"""Answers of Delighted: scales, contacts and accounts of a small company."""

from __future__ import annotations

from typing import Any

import pytest
from helpers.connected import Connected, connected
from helpers.two_accounts import TWO_ACCOUNTS

CONTACTS = [
    {
        "contact_id": "c1",
        "account_id": "acme",
        "email": "A@acme.example",
        "created_at": "2024-01-01",
    },
    {
        "contact_id": "c2",
        "account_id": "acme",
        "email": "twice@acme.example",
        "created_at": "2024-01-01",
    },
    {
        "contact_id": "c3",
        "account_id": "acme",
        "email": "twice@acme.example",
        "created_at": "2024-01-01",
    },
    {
        "contact_id": "c4",
        "account_id": "acme",
        "email": "both@agency.example",
        "created_at": "2024-01-01",
    },
    {
        "contact_id": "c5",
        "account_id": "beta",
        "email": "both@agency.example",
        "created_at": "2024-01-01",
    },
]
PEOPLE = {
    1: "a@acme.example",
    2: "twice@acme.example",
    3: "both@agency.example",
    4: "nobody@gmail.com",
    5: "nobody@gmail.com",
}


def answer(number: int, kind: str, score: float, person: int = 1, **changed: Any) -> dict[str, Any]:
    """An answer of a person in March 2025."""
    return {
        "id": number,
        "person_id": person,
        "survey_type": kind,
        "question": "",
        "score": score,
        "created_at": "2025-03-03 09:00:00",
        "updated_at": "2025-03-03 09:00:00",
    } | changed


def scaled(first: int, kind: str, question: str, scores: range) -> list[dict[str, Any]]:
    """One answer for each score of a question, numbered from `first` on."""
    return [
        answer(first + place, kind, score, question=question) for place, score in enumerate(scores)
    ]


RESPONSES = [
    *[answer(number, "nps", 9, person=number) for number in range(1, 6)],
    answer(6, "nps", 3, updated_at="2025-03-03 09:00:00"),
    answer(6, "nps", 4, updated_at="2025-03-04 09:00:00"),
    answer(7, "csat", 4),
    answer(8, "enps", 9),
    answer(9, "ces", 4, question="unknown"),
    *scaled(100, "csat", "Five", range(0, 7)),
    *scaled(200, "csat", "Seven", range(0, 9)),
    *scaled(300, "csat", "Reversed", range(1, 6)),
    *scaled(400, "ces", "Effort 7", range(0, 9)),
    *scaled(500, "ces", "Effort 5", range(0, 7)),
    *scaled(600, "thumbs", "Thumbs", range(0, 2)),
]


def value(field: str, given: str, means: str) -> dict[str, str]:
    """A row of source_values."""
    return {"system": "delighted", "field": field, "value": given, "means": means}


VALUES = [
    value("response.survey_type", "thumbs", "csat"),
    value("response.survey_type", "enps", "not_taken"),
    value("response.scale", "five", "1-5"),
    value("response.scale", "seven", "1-7"),
    value("response.scale", "reversed", "5-1"),
    value("response.scale", "effort 7", "7-1"),
    value("response.scale", "effort 5", "1-5"),
    value("response.scale", "thumbs", "0-1"),
]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Connected:
    """The company's build."""
    people = [{"id": number, "email": email, "name": "P"} for number, email in PEOPLE.items()]
    built = connected(
        tmp_path_factory.mktemp("delighted"),
        {"delighted": {"person": people, "response": RESPONSES}},
        TWO_ACCOUNTS | {"crm_contacts": CONTACTS},
        policy={
            "source_values": VALUES,
            "account_links": [{"source": "delighted", "source_id": "5", "account_id": "beta"}],
        },
        select="+con_delighted__survey_responses +stg_feedback__survey_responses",
    )
    assert built.code == 0, built.output
    return built


def scores(company: Connected, first: int, count: int) -> list[float | None]:
    """The scores of answers numbered from `first` on."""
    rows = company.rows(
        "select score from connectors.con_delighted__survey_responses "
        f"where cast(response_id as int) between {first} and {first + count - 1} "
        "order by cast(response_id as int)"
    )
    return [score for (score,) in rows]


def test_the_person_is_the_contact_with_the_address(company: Connected) -> None:
    rows = company.rows(
        "select response_id, account_id, contact_id "
        "from connectors.con_delighted__survey_responses "
        "where cast(response_id as int) between 1 and 5 order by response_id"
    )
    assert rows == [
        ("1", "acme", "c1"),
        # Two contacts of one account name the account, and contacts of two accounts name nothing.
        ("2", "acme", None),
        ("3", "3", None),
        ("4", "4", None),
        # Your own list of links comes first.
        ("5", "beta", None),
    ]


def test_satisfied_are_the_two_best_answers(company: Connected) -> None:
    # Answers 0 and 6 lie outside a scale of 1 to 5, and 0 and 8 outside one of 1 to 7.
    assert scores(company, 101, 5) == [1, 2, 3, 4, 5]
    assert scores(company, 201, 7) == [1, 2, 2, 3, 3, 4, 5]
    assert scores(company, 300, 5) == [5, 4, 3, 2, 1]
    assert scores(company, 600, 2) == [1, 5]


def test_effort_is_one_for_very_easy(company: Connected) -> None:
    assert scores(company, 401, 7) == [1, 2, 3, 4, 5, 6, 7]
    assert scores(company, 501, 5) == [7, 6, 4, 2, 1]


def test_an_answer_outside_its_scale_is_rejected(company: Connected) -> None:
    accepted = company.rows(
        "select count(*) from staging.stg_feedback__survey_responses "
        "where response_id in ('100', '106', '200', '208', '400', '408', '500', '506')"
    )
    assert accepted == [(0,)]


def test_what_is_not_taken_says_why(company: Connected) -> None:
    rows = company.rows(
        "select response_id, not_taken from connectors.con_delighted__survey_responses "
        "where not_taken is not null order by response_id"
    )
    assert rows == [
        ("6", "older_version"),
        # No row of source_values states a scale of these.
        ("7", "no_scale"),
        ("8", "other_survey"),
        ("9", "no_scale"),
    ]


def test_the_last_version_of_an_answer_stands(company: Connected) -> None:
    assert company.rows(
        "select score from connectors.con_delighted__survey_responses "
        "where response_id = '6' and not_taken is null"
    ) == [(4,)]
