"""The labels of contacts, numbered again from the extract."""

import csv
from collections import defaultdict
from datetime import UTC, datetime

from conftest import PROJECT

WORDS = {
    "champion": "Champion",
    "economic_buyer": "Economic buyer",
    "technical_owner": "Technical owner",
    "influencer": "Influencer",
    "end_user": "End user",
    "blocker": "Blocker",
    None: "Contact",
}


def created() -> dict[str, datetime]:
    """When each contact of the demo was created, UTC, by the extract. Unreadable ones left out."""
    found = {}
    with (PROJECT / "seeds/demo/crm_contacts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            try:
                moment = datetime.fromisoformat(row["created_at"])
            except ValueError:
                continue
            zone = moment.tzinfo or UTC
            found[row["contact_id"]] = moment.replace(tzinfo=zone).astimezone(UTC)
    return found


def test_contacts_are_numbered_in_the_order_of_creation(marts):
    known = created()
    accounts = defaultdict(list)
    for contact, account, role, label in marts.execute(
        "select contact_id, account_id, stakeholder_type, contact_label from marts.dim_contacts"
    ).fetchall():
        accounts[account].append((known[contact], contact, role, label))
    assert max(len(contacts) for contacts in accounts.values()) > 5
    for contacts in accounts.values():
        for number, (*_, role, label) in enumerate(sorted(contacts), start=1):
            assert label == f"{WORDS[role]} {number}"


def test_a_label_names_one_contact_of_an_account_and_no_person(marts):
    twice = marts.execute(
        "select account_id, contact_label from marts.dim_contacts group by all having count(*) > 1"
    ).fetchall()
    assert twice == []
    named = marts.execute(
        "select contact_label from marts.dim_contacts"
        " where contact_label ilike '%' || split_part(full_name, ' ', 1) || '%'"
    ).fetchall()
    assert named == []


def test_activities_show_the_label_of_their_contact(marts):
    differing = marts.execute(
        "select activities.contact_id from marts.fct_activities as activities"
        " left join marts.dim_contacts as contacts using (contact_id)"
        " where activities.contact_label is distinct from contacts.contact_label"
    ).fetchall()
    shown = marts.execute("select count(contact_label) from marts.fct_activities").fetchone()
    assert differing == []
    assert shown > (1000,)
