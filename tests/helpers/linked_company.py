"""A company of many systems, whose Stripe customers find their accounts by each rule in turn."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connected import Rows, write_tables
from connectors import test_delighted, test_hubspot, test_salesforce, test_segment, test_zendesk
from stripe_account import WRITERS
from stripe_traps import RATES, company

Row = dict[str, Any]
RULES = ("own_list", "stated_id", "named_by_crm", "domain", "unlinked")
# Of the systems beside the CRM and Stripe: whose parties the company links itself.
OWN_LINKS = (("zendesk", "10"), ("zendesk", "11"), ("segment", "acme"), ("delighted", "5"))


@dataclass(frozen=True)
class Linked:
    """The folders of a company with one of the CRMs, and the rule that links each live customer."""

    sources: dict[str, str]
    raw: Path
    policy: Path
    rules: dict[str, str]


def linked_company(home: Path, crm: str) -> Linked:
    """Write the company. Its Stripe account and all but the ids of accounts is one in each CRM."""
    account = company()
    parties: Row = {"own_list": [], "stated_id": [], "named_by_crm": [], "domain": []}
    rules, records = {}, []
    for number, customer in enumerate(account.rows["customer"]):
        rule = RULES[number % len(RULES)]
        if customer["livemode"]:
            rules[customer["id"]] = rule
        own_id = record_id(crm, number)
        customer["metadata"] = {"salesforce_account_id": None, "hubspot_company_id": None}
        if rule == "stated_id":
            customer["metadata"] = {
                # Integrations drop the last three characters.
                "salesforce_account_id": record_id("salesforce", number)[:15],
                "hubspot_company_id": record_id("hubspot", number),
            }
        if rule == "own_list":
            parties["own_list"].append(("stripe", customer["id"], own_id))
        site = f"{customer['name']}.example"
        named = customer["id"] if rule == "named_by_crm" else ""
        if rule != "unlinked":
            records.append(
                record(crm, own_id, customer["name"], site if rule == "domain" else "", named)
            )
        elif number % 2:
            # Two accounts share the domain, so it links nothing.
            for double in (500, 600):
                records.append(record(crm, record_id(crm, number + double), "Twin", site, ""))
    stripe = home / "stripe"
    WRITERS["fivetran"](account, stripe)
    links = parties["own_list"] + [
        (source, source_id, record_id(crm, 0)) for source, source_id in OWN_LINKS
    ]
    names = ("source", "source_id", "account_id")
    policy = {"account_links": [dict(zip(names, row, strict=True)) for row in links]}
    raw = home / "raw"
    raw.mkdir(parents=True)
    (raw / "billing_exchange_rates.csv").write_text(RATES)
    people = [{"id": number, "email": email} for number, email in test_delighted.PEOPLE.items()]
    tables: dict[str, dict[str, Rows]] = {
        crm: crm_tables(crm, records),
        "zendesk": test_zendesk.FIVETRAN,
        "segment": test_segment.SEGMENT,
        "delighted": {"person": people, "response": test_delighted.RESPONSES},
    }
    sources = {name: str(write_tables(home / name, found)) for name, found in tables.items()}
    return Linked(
        sources | {"stripe": str(stripe)}, raw, write_tables(home / "policy", policy), rules
    )


def record_id(crm: str, number: int) -> str:
    """The id of an account in a CRM."""
    return f"001Customer{number:04}AAA" if crm == "salesforce" else str(9_100_000_000 + number)


def record(crm: str, key: str, name: str, site: str, customer_id: str) -> Row:
    """An account in a CRM."""
    if crm == "salesforce":
        website = f"https://www.{site}/about" if site else ""
        more = {"website": website, "stripe_customer_id_c": customer_id}
        return test_salesforce.account(key, name, **more)
    more = {"property_domain": site, "property_stripe_customer_id": customer_id}
    return test_hubspot.company(key, name, **more)


def crm_tables(crm: str, records: list[Row]) -> dict[str, Rows]:
    """The CRM of the connector's test with further accounts."""
    module, name = {
        "salesforce": (test_salesforce, "account"),
        "hubspot": (test_hubspot, "company"),
    }[crm]
    return module.TABLES | {name: [*module.TABLES[name], *records]}
