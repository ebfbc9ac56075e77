"""One company's systems in many shapes of loaders, and models that show what is read of them."""

from __future__ import annotations

from pathlib import Path

import duckdb

# Upper case, as Snowflake has it, with a column each for the ways to write a time.
STRIPE = """
create schema "RAW_STRIPE";
create table "RAW_STRIPE"."CUSTOMER" as
select
    "ID", cast(null as varchar) as "EMAIL", "CREATED"::timestamptz as "CREATED", "UPDATED",
    {'salesforce_account_id': '001A', 'hubspot_company_id': 9000000001.0::double} as "METADATA",
    '{"country": "DE"}'::json as "ADDRESS", "_AIRBYTE_EXTRACTED_AT"
from (values
    ('cus_1', '2024-03-31 23:30:00-02', 1704067200, '2024-06-02 02:00:00'),
    ('cus_1', '2024-03-31 23:30:00-02', 1704067200, '2024-06-03 02:00:00'),
    ('cus_1', '2024-03-31 23:30:00-02', 1704060000, '2024-06-04 02:00:00'),
    ('cus_2', '2024-03-31 23:30:00-02', null, '2024-06-01 02:00:00'),
    (null, null, null, '2024-06-01 02:00:00'),
    (null, null, null, '2024-06-02 02:00:00')
) as rows_of ("ID", "CREATED", "UPDATED", "_AIRBYTE_EXTRACTED_AT");
create table "RAW_STRIPE"."SUBSCRIPTION_HISTORY" as
select
    'sub_1' as "ID", 'cus_1' as "CUSTOMER", 'active' as "STATUS", 1 as "LIVEMODE",
    1704067200 as "CREATED", 1704067200000 as "START_DATE", 1711927800.5::double as "ENDED_AT",
    '2024-03-31T23:30:00.000-0200' as "CANCELED_AT", '1704067200' as "TRIAL_START",
    '2024-01-01 00:00:00' as "TRIAL_END", '2024-01-01T00:00:00Z' as "CURRENT_PERIOD_START",
    timestamp '2024-01-01 12:00:00' as "CURRENT_PERIOD_END", null as "CANCEL_AT",
    '{"behavior": "void", "resumes_at": 1704067200}' as "PAUSE_COLLECTION",
    12.5 as "DISCOUNT__COUPON__PERCENT_OFF", 'eur' as "DISCOUNT__COUPON__CURRENCY";
create table "RAW_STRIPE"."SUBSCRIPTION_ITEM" as
select
    'si_1' as "ID", 'sub_1' as "SUBSCRIPTION", {'id': 'price_1'} as "PRICE",
    2.0::double as "QUANTITY", 1704067200 as "CREATED";
create table "RAW_STRIPE"."PRICE" as
select
    'price_1' as "ID", 'usd' as "CURRENCY", 5000 as "UNIT_AMOUNT", 'recurring' as "TYPE",
    'month' as "RECURRING__INTERVAL", 1 as "RECURRING__INTERVAL_COUNT", true as "LIVEMODE";
"""
# Ids that went through a float, in a schema whose name the company writes in another case.
ZENDESK = """
create schema "Raw_Zendesk";
create table "Raw_Zendesk"."Tickets" as
select
    id, 9000000002::double as "organizationId", '123.0' as requester_id, 'open' as status,
    timestamp '2024-05-01 09:00:00' as created_at, timestamp '2024-05-01 09:00:00' as updated_at
from (values (9000000001::double), (17::double), (null)) as rows_of (id);
"""
# Names of the API as Airbyte keeps them.
SALESFORCE = {
    "Account": """
        select
            '001A' as "Id", 'Alder' as "Name", 'Alder & Co' as "Display_Name__c",
            timestamptz '2024-03-31 23:30:00-02' as "CreatedDate", null as "LastModifiedDate",
            '2024-04-02T08:00:00.000+0000' as "SystemModstamp", false as "IsDeleted",
            {'country': 'Germany', 'countryCode': 'DE'} as "BillingAddress",
            'u_second' as "Second_CSM__c", 'u_first' as "First_CSM__c", 9.0 as "NumberOfEmployees"
    """,
    "Opportunity": """
        select
            '006A' as "Id", '001A' as "AccountId", 'Renewal' as "Type", '12.50' as "Amount",
            'Talk' as "StageName", true as "IsWon", true as "IsClosed",
            date '2024-05-31' as "CloseDate", timestamptz '2024-04-01 10:00:00+02' as "CreatedDate"
    """,
    "OpportunityHistory": """
        select
            '008A' as "Id", '006A' as "OpportunityId", 'Talk' as "StageName",
            '2024-04-01T10:00:00.000+0000' as "CreatedDate"
    """,
}
FIELDS = [
    {"system": "salesforce", "object": "account", "field": field, "fills": fills}
    for field, fills in [
        ("Second_CSM__c", "csm_id"),
        ("First_CSM__c", "csm_id"),
        ("Absent__c", "name"),
        ("Display_Name__c", "name"),
        ("BillingAddress.countryCode", "country"),
    ]
]
VALUES = [
    {"system": "salesforce", "field": "opportunity.type", "value": value, "means": means}
    for value, means in [
        ("*", "other"),
        ("renew*", "any_renewal"),
        ("renewal of*", "renewal_of_more"),
        ("renewal*", "renewal"),
        ("Renewal Quote", "quote"),
        ("nothing", ""),
    ]
]
PROBES = {
    "loaded_customer": "{{ loaded_rows('stripe', 'customer') }}",
    "loaded_subscription": "{{ loaded_rows('stripe', 'subscription') }}",
    "loaded_item": "{{ loaded_rows('stripe', 'subscription_item') }}",
    "loaded_invoice": "{{ loaded_rows('stripe', 'invoice') }}",
    "loaded_ticket": "{{ loaded_rows('zendesk', 'ticket') }}",
    "loaded_account": "{{ loaded_rows('salesforce', 'account') }}",
    "loaded_opportunity": "{{ loaded_rows('salesforce', 'opportunity') }}",
    "loaded_history": "{{ loaded_rows('salesforce', 'opportunity_history') }}",
    "loaded_meaning": (
        "select given.word, "
        "{{ source_value('salesforce', 'opportunity.type', 'given.word') }} as meaning, "
        "{{ source_value('salesforce', 'no.such', 'given.word') }} as unmapped "
        "from (values ('RENEWAL'), ('Renewal of all'), ('renewed'), ('renewal quote'), "
        "('Nothing'), ('else'), (null)) as given (word)"
    ),
}


def write_shapes(home: Path) -> dict[str, str]:
    """The company in a build file under `home` and in a folder; the place of each system."""
    folder = home / "sf"
    folder.mkdir(parents=True)
    with duckdb.connect(str(home / "build.duckdb")) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(STRIPE + ZENDESK)
        for name, sql in SALESFORCE.items():
            connection.execute(f"copy ({sql}) to '{folder / name}.parquet' (format parquet)")
    return {"stripe": "RAW_STRIPE", "zendesk": "raw_zendesk", "salesforce": str(folder)}


def write_probes(folder: Path) -> None:
    """A model for each object that shows all that is read of it."""
    folder.mkdir()
    for name, sql in PROBES.items():
        (folder / f"{name}.sql").write_text("{{ config(materialized='table') }}\n" + sql)
