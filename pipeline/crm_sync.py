"""The rows that go back to the CRM: one per account, with those that a publish changed marked."""

from datetime import date

import duckdb

from pipeline.engine import columns_of

CRM_SYNC_TABLE = "rpt_crm_sync"
LINKS_TABLE = "dq_account_links"
COLUMN_TYPES = {
    "account_id": "varchar",
    "account_name": "varchar",
    "crm_record_id": "varchar",
    "csm_id": "varchar",
    "account_status": "varchar",
    "health_score": "double",
    "health_status": "varchar",
    "touch_tier": "varchar",
    "renewal_risk_level": "varchar",
    "next_renewal_on": "date",
    "has_cancel_request": "boolean",
    "next_step": "varchar",
    "next_step_due_on": "date",
    "as_of_date": "date",
    "is_changed": "boolean",
}
DESCRIPTIONS = {
    "account_id": "The account.",
    "account_name": "Its name.",
    "crm_record_id": "Id of its record in the CRM: the account of Salesforce, the company of "
    "HubSpot, or the id in the CRM extract. Null for a billing customer without a record.",
    "csm_id": "Its CSM, '(none)' without one.",
    "account_status": "active, churned, trial or prospect (dim_accounts.status). "
    "[labels: account_status]",
    "health_score": "Health under the active scheme, 0 to 100. Null for an account that does not "
    "pay. [unit: points, format: 0.0, additivity: none]",
    "health_status": "healthy, stable, at_risk, critical, emergency or unscored. Null for an "
    "account that does not pay. [labels: health_status]",
    "touch_tier": "Touch tier. Null for an account that does not pay. [labels: touch_tier]",
    "renewal_risk_level": "none, elevated, high, critical or emergency: the risk of the next "
    "renewal. Null without one. [labels: risk_level]",
    "next_renewal_on": "Day of that renewal: the earliest end of a term.",
    "has_cancel_request": "Whether a request to cancel is open on as_of_date (the indicator "
    "cancel_request).",
    "next_step": "Next step of its line in rpt_csm_worklist, in words. Null without a line.",
    "next_step_due_on": "Due date of that step. Null without one.",
    "as_of_date": "The day of the data.",
    "is_changed": "Whether the publish before had no row of the account, or another value that "
    "the export writes. Scores are compared with one digit.",
}
COMMENTS = {
    f"marts.{CRM_SYNC_TABLE}": "One row per account of dim_accounts, as of as_of_date, with what "
    "its CRM record should say. `python -m pipeline export crm` writes these rows for the CRM."
} | {f"marts.{CRM_SYNC_TABLE}.{name}": text for name, text in DESCRIPTIONS.items()}
# What an export writes, as SQL of a row. A score that moves by less than 0.1 is no news.
COMPARED = (
    "account_status",
    "round(health_score, 1)",
    "health_status",
    "touch_tier",
    "renewal_risk_level",
    "next_step",
    "next_step_due_on",
)


def write_table(
    connection: duckdb.DuckDBPyConnection, catalog: str, published: str | None, as_of_date: date
) -> None:
    """Make a snapshot's table from its own marts, and compare it with that of `published`.

    `published` is the attached name of the snapshot before, or None. Every row of the first
    publish counts as changed, and so does every row after an upgrade that adds a column.
    """
    target = f"{catalog}.marts.{CRM_SYNC_TABLE}"
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMN_TYPES.items())
    connection.execute(f"create table {target} ({columns})")
    has_links = bool(columns_of(connection, catalog, "quality", LINKS_TABLE))
    rows = _rows_sql(catalog, has_links=has_links)
    connection.execute(f"insert into {target} {rows}", {"as_of_date": as_of_date})
    held = columns_of(connection, published, "marts", CRM_SYNC_TABLE) if published else set()
    if held >= COLUMN_TYPES.keys():
        connection.execute(
            f"""
            update {target} as rows
            set is_changed = false
            from {published}.marts.{CRM_SYNC_TABLE} as before
            where before.account_id = rows.account_id and {_are_equal("rows", "before")}
            """
        )


def _rows_sql(catalog: str, *, has_links: bool) -> str:
    """The rows as SQL. `has_links` says whether connectors linked the accounts of other systems."""
    # A billing customer that no record is linked to is an account of its own, by its own id.
    without_record = (
        f"select source_id as account_id from {catalog}.quality.{LINKS_TABLE} "
        "where link_rule in ('unlinked', 'own_account') and source_id = account_id"
        if has_links
        else "select null::varchar as account_id where false"
    )
    return f"""
        with
        without_record as ({without_record}),
        requests as (
            select distinct account_id
            from {catalog}.marts.fct_leading_indicators
            where snapshot_date = $as_of_date and indicator = 'cancel_request'
        )
        select
            accounts.account_id,
            accounts.account_name,
            case
                when accounts.account_id not in (from without_record) then accounts.account_id
            end,
            accounts.csm_id,
            accounts.status,
            accounts.health_score,
            accounts.health_status,
            accounts.touch_tier,
            accounts.renewal_risk_level,
            accounts.next_renewal_on,
            requests.account_id is not null,
            lines.action,
            lines.due_on,
            $as_of_date,
            true
        from {catalog}.marts.dim_accounts as accounts
        left join {catalog}.marts.rpt_csm_worklist as lines
            on accounts.account_id = lines.account_id
        left join requests on accounts.account_id = requests.account_id
        order by accounts.account_id
    """


def _are_equal(left: str, right: str) -> str:
    return " and ".join(
        f"{_of(left, value)} is not distinct from {_of(right, value)}" for value in COMPARED
    )


def _of(alias: str, value: str) -> str:
    """A compared value of one table: `round(x, 1)` becomes `round(alias.x, 1)`."""
    function, bracket, rest = value.rpartition("(")
    return f"{function}{bracket}{alias}.{rest}"
