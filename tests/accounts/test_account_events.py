"""The timeline, products, subscriptions and answers, counted again from the demo's extracts."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from conftest import PROJECT

AS_OF = date(2026, 7, 14)
Row = dict[str, str]


def rows(table: str, key: str) -> Iterator[Row]:
    """The rows of an extract of the demo whose key is there once, so that nothing is judged."""
    with (PROJECT / f"seeds/demo/{table}.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    counts = Counter(row[key] for row in found)
    return (row for row in found if row[key] and counts[row[key]] == 1)


def day(text: str) -> date | None:
    """The day that a text states in the form of most rows, else none."""
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def events(marts, kind: str) -> dict[str, list[tuple[date, str]]]:
    """Days and sentences of the events of a kind, by the last value of their row key."""
    found = defaultdict(list)
    for key, occurred_on, text in marts.execute(
        f"select row_key, occurred_on, text from marts.fct_account_events where kind = '{kind}'"
    ).fetchall():
        found[key.rpartition("=")[2]].append((occurred_on, text))
    return found


def test_answers_are_those_of_the_extract(marts):
    found = events(marts, "survey_answer")
    answers = {
        row[0]: row[1:]
        for row in marts.execute(
            "select response_id, survey_type, score, score_points, answered_on"
            " from marts.fct_survey_answers where answer_source = 'survey'"
        ).fetchall()
    }
    points = {"nps": {10: 100, 9: 100, 8: 0, 7: 0}, "csat": {5: 1, 4: 1, 3: 0, 2: 0, 1: 0}}
    scales = {"nps": 10, "csat": 5, "ces": 7}
    compared = 0
    for row in rows("feedback_survey_responses", "response_id"):
        given = day(row["responded_at"])
        if row["response_id"] not in answers or not given:
            continue
        kind, score, added, answered_on = answers[row["response_id"]]
        assert (kind, score, answered_on) == (row["survey_type"], int(row["score"]), given)
        lowest = -100 if kind == "nps" else score
        assert added == points.get(kind, {}).get(score, lowest)
        ((occurred_on, text),) = found[row["response_id"]]
        assert occurred_on == given
        assert text.startswith(f"{kind.upper()} answer of {score} of {scales[kind]}")
        compared += 1
    assert compared > 2000


def test_serious_tickets_are_opened_and_solved(marts):
    opened, solved = events(marts, "ticket_opened"), events(marts, "ticket_solved")
    known = {
        ticket for (ticket,) in marts.execute("select ticket_id from marts.fct_tickets").fetchall()
    }
    seen = Counter()
    for row in rows("support_tickets", "ticket_id"):
        created, ended = day(row["created_at"]), day(row["solved_at"])
        if row["ticket_id"] not in known or not created:
            continue
        is_escalated = row["is_escalated"] == "true"
        serious = is_escalated or row["priority"] in ("high", "urgent")
        assert (row["ticket_id"] in opened) == serious, row
        if serious:
            assert opened[row["ticket_id"]][0][0] == created
            assert opened[row["ticket_id"]][0][1].startswith("Escalated") == is_escalated
        if serious and ended and ended >= created:
            assert (row["ticket_id"] in solved) == (ended <= AS_OF), row
        seen[serious] += 1
    assert seen[True] > 900
    assert seen[False] > 2000


def test_departures_name_the_role_and_nobody(marts):
    left = events(marts, "contact_left")
    known = {
        contact
        for (contact,) in marts.execute("select contact_id from marts.dim_contacts").fetchall()
    }
    words = {"champion": "Champion", "economic_buyer": "Economic buyer"}
    seen = Counter()
    for row in rows("crm_contacts", "contact_id"):
        departed = day(row["departed_on"])
        if row["contact_id"] not in known or (row["departed_on"] and not departed):
            continue
        expected = bool(departed and departed <= AS_OF and row["stakeholder_type"] in words)
        assert (row["contact_id"] in left) == expected, row
        if expected:
            ((occurred_on, text),) = left[row["contact_id"]]
            assert occurred_on == departed
            assert text.startswith(words[row["stakeholder_type"]])
        seen[expected] += 1
    assert seen[True] > 150
    assert seen[False] > 1000


def test_no_sentence_names_a_contact(marts):
    named = marts.execute(
        "select events.text from marts.fct_account_events as events"
        " join marts.dim_contacts as contacts using (account_id)"
        " where events.text ilike '%' || contacts.full_name || '%'"
        " or events.text ilike '%' || contacts.email || '%'"
    ).fetchall()
    assert named == []
    by_label = marts.execute(
        "select count(*) from marts.fct_account_events as events"
        " join marts.dim_contacts as contacts using (account_id)"
        " where events.text like '% ' || contacts.contact_label || '%'"
    ).fetchone()
    assert by_label > (100,)


def test_meetings_are_events_and_messages_are_none(marts):
    found = events(marts, "activity")
    meetings = {"kickoff", "onboarding", "check_in", "qbr", "ebr", "executive_touch"}
    seen = Counter()
    for row in rows("crm_activities", "activity_id"):
        completed, scheduled = day(row["completed_at"]), day(row["scheduled_at"])
        if row["activity_type"] in ("email", "community", "webinar", "other"):
            assert row["activity_id"] not in found
        elif (
            row["activity_type"] in meetings
            and row["status"] in ("completed", "no_show")
            and scheduled
            and scheduled + timedelta(days=1) <= AS_OF
            and (completed or AS_OF) <= AS_OF
            and row["activity_id"] in found
        ):
            ((occurred_on, text),) = found[row["activity_id"]]
            assert occurred_on == (completed or scheduled)
            assert text.endswith("held." if row["status"] == "completed" else "customer came.")
            seen[row["status"]] += 1
    assert seen["completed"] > 3000
    assert seen["no_show"] > 200
    (known,) = marts.execute(
        "select count(*) from marts.fct_activities where kind = 'meeting' and status <> 'scheduled'"
        " or activity_type = 'training' and status = 'completed'"
    ).fetchone()
    assert sum(map(len, found.values())) == known


def test_movements_follow_each_other_to_the_mrr_of_today(marts):
    """The amounts that the sentences state, added up, are those of the ledger."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for account_id, text in marts.execute(
        "select account_id, text from marts.fct_account_events"
        " where kind in ('mrr_movement', 'churn') order by account_id, known_on, kind desc"
    ).fetchall():
        words = text.rstrip(".").split()
        amounts = [Decimal(word) for word in words if word.replace(".", "").isdigit()]
        if text.startswith(("Paid", "Became", "MRR came back")):
            sums[account_id] = amounts[0]
        elif text.startswith("MRR rose"):
            sums[account_id] += amounts[0]
        elif text.startswith("MRR fell by"):
            sums[account_id] -= amounts[0]
        elif text.startswith("MRR fell from"):
            assert sums[account_id] == amounts[0]
            sums[account_id] = Decimal(0)
        else:
            assert text.startswith("Churned with")
            sums[account_id] = Decimal(0)
    accounts = dict(marts.execute("select account_id, mrr from marts.dim_accounts").fetchall())
    assert {key: value for key, value in sums.items() if value != accounts[key]} == {}
    assert {key for key, mrr in accounts.items() if mrr} <= sums.keys()


@pytest.mark.parametrize("column", ["plan_id", "started_on"])
def test_subscriptions_are_those_of_the_extract(marts, column: str):
    mart_column = {"plan_id": "plan"}.get(column, column)
    found = dict(
        marts.execute(
            f"select subscription_id, cast({mart_column} as text) from marts.dim_subscriptions"
        ).fetchall()
    )
    compared = 0
    for row in rows("billing_subscriptions", "subscription_id"):
        if row["subscription_id"] in found and (column == "plan_id" or day(row[column])):
            assert found[row["subscription_id"]] == (row[column] or None)
            compared += 1
    assert compared > 600


def test_products_are_those_that_plans_and_items_name(marts):
    named = {row["product_id"] for row in rows("billing_plans", "plan_id")}
    with (PROJECT / "seeds/demo/billing_subscription_items.csv").open(encoding="utf-8") as file:
        named |= {row["product_id"].strip() for row in csv.DictReader(file)}
    found = marts.execute(
        "select product_id, is_core from marts.dim_products order by mrr desc"
    ).fetchall()
    assert {product for product, _ in found} == named - {""}
    assert [is_core for _, is_core in found] == [True] + [False] * (len(found) - 1)
