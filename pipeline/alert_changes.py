"""What became worse for an account between two snapshots, by their rpt_crm_sync."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.crm_sync import CRM_SYNC_TABLE
from pipeline.engine import attach, has_table, workbench
from pipeline.settings import Settings
from pipeline.snapshot import DATABASE

BEFORE = "before"
NOW = "now"
UNSCORED = "unscored"


@dataclass(frozen=True)
class Alert:
    """What became worse for one account. `arr` is that of before, in the reporting currency.

    `kinds` are health_drop, cancel_request, renewal_at_risk and churned, each with a text in
    `facts`. `csm` is the name of its CSM, or the id where the extracts state no name.
    """

    account_id: str
    account_name: str
    csm: str | None
    arr: float
    reporting_currency: str
    kinds: tuple[str, ...]
    facts: tuple[str, ...]

    def __str__(self) -> str:
        owner = f", {_plain(self.csm)}" if self.csm else ""
        money = f"ARR {self.reporting_currency} {self.arr:,.0f}"
        return f"{_plain(self.account_name)} ({self.account_id}{owner}, {money}): " + "; ".join(
            self.facts
        )


def changes_between(settings: Settings, base: str, run_id: str) -> tuple[Alert, ...] | None:
    """Compare the stored snapshots of two runs. The accounts with the highest ARR come first.

    None where one of them is of a version without the table.
    """
    with workbench(settings) as connection:
        for name, run in ((BEFORE, base), (NOW, run_id)):
            attach(connection, settings.snapshots / run / DATABASE, name)
        catalogs = (BEFORE, NOW)
        if not all(has_table(connection, name, "marts", CRM_SYNC_TABLE) for name in catalogs):
            return None
        found = connection.execute(CHANGES)
        columns = [column[0] for column in found.description or ()]
        rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    return tuple(_alert(row) for row in rows)


def _alert(row: Mapping[str, object]) -> Alert:
    facts = {
        "churned": "churned",
        "cancel_request": "asked to cancel",
        "health_drop": (
            f"health {row['status_before']} -> {row['status_now']} "
            f"({row['score_before']:.1f} -> {row['score_now']:.1f})"
            if row["health_drop"]
            else ""
        ),
        "renewal_at_risk": (
            f"risk of the renewal on {row['next_renewal_on']}: "
            f"{row['risk_before'] or 'none'} -> {row['risk_now']}"
        ),
    }
    kinds = tuple(kind for kind in facts if row[kind])
    return Alert(
        account_id=str(row["account_id"]),
        account_name=str(row["account_name"]),
        csm=None if row["csm"] in (None, "(none)") else str(row["csm"]),
        arr=float(str(row["arr"])),
        reporting_currency=str(row["reporting_currency"]),
        kinds=kinds,
        facts=tuple(facts[kind] for kind in kinds),
    )


def _plain(text: str) -> str:
    """A name on one line, without what a terminal might take for a command."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


# Labels are ordered from good to bad. unscored is no judgement, so that no score falls to it.
CHANGES = f"""
with
statuses as (
    select code, lower(label) as label, sort_order
    from {NOW}.marts.dim_labels
    where domain = 'health_status' and code <> '{UNSCORED}'
),
risks as (
    select code, lower(label) as label, sort_order
    from {NOW}.marts.dim_labels
    where domain = 'risk_level'
),
compared as (
    select
        rows.account_id,
        rows.account_name,
        coalesce(accounts.csm_name, rows.csm_id) as csm,
        coalesce(old_accounts.arr, accounts.arr) as arr,
        accounts.reporting_currency,
        old_rows.health_score as score_before,
        rows.health_score as score_now,
        statuses_before.label as status_before,
        statuses_now.label as status_now,
        risks_before.label as risk_before,
        risks_now.label as risk_now,
        rows.next_renewal_on,
        statuses_now.sort_order > statuses_before.sort_order as health_drop,
        rows.has_cancel_request and old_rows.has_cancel_request is not true as cancel_request,
        risks_now.sort_order > coalesce(
            risks_before.sort_order, (select min(risks.sort_order) from risks)
        ) as renewal_at_risk,
        rows.account_status = 'churned' and old_rows.account_status = 'active' as churned
    from {NOW}.marts.{CRM_SYNC_TABLE} as rows
    inner join {NOW}.marts.dim_accounts as accounts on rows.account_id = accounts.account_id
    left join {BEFORE}.marts.{CRM_SYNC_TABLE} as old_rows on rows.account_id = old_rows.account_id
    left join {BEFORE}.marts.dim_accounts as old_accounts
        on rows.account_id = old_accounts.account_id
    left join statuses as statuses_before on old_rows.health_status = statuses_before.code
    left join statuses as statuses_now on rows.health_status = statuses_now.code
    left join risks as risks_before on old_rows.renewal_risk_level = risks_before.code
    left join risks as risks_now on rows.renewal_risk_level = risks_now.code
)
from compared
where health_drop or cancel_request or renewal_at_risk or churned
order by arr desc, account_id
"""
