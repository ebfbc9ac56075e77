"""The raw tables that revenue rests on: their columns, keys and checks."""

from __future__ import annotations

from dataclasses import dataclass

INTERVALS = "week month quarter half_year year two_years three_years"
ROLES = "csm senior_csm manager director vp account_executive executive cs_ops renewals"
STATUSES = "trialing active past_due unpaid paused canceled expired"


@dataclass(frozen=True)
class Column:
    """A column of the contract: its type, and the enum's values where it is one."""

    name: str
    kind: str
    required: bool
    values: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Table:
    """A table of the contract, and the checks that it is subject to."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    known_at: tuple[str, ...] = ()
    interval: tuple[str, str] | None = None
    series: tuple[str, ...] = ()  # rows of one series may not overlap


def _table(
    name: str,
    key: str,
    columns: str,
    known_at: str = "",
    interval: str = "",
    series: str = "",
) -> Table:
    """Read `name type` pairs, one a comma; `?` marks an optional column."""
    parsed = []
    for column in columns.split(","):
        label, kind, *values = column.split()
        parsed.append(Column(label.rstrip("?"), kind, not label.endswith("?"), frozenset(values)))
    bounds = interval.split()
    return Table(
        name,
        tuple(key.split()),
        tuple(parsed),
        tuple(known_at.split()),
        (bounds[0], bounds[1]) if bounds else None,
        tuple(series.split()),
    )


# In the order in which they are accepted: a row can only be an orphan of a table before its own.
TABLES: tuple[Table, ...] = (
    _table(
        "crm_accounts",
        "account_id",
        "account_id id, account_name text, created_at timestamp, parent_account_id? id,"
        "industry? text, region? text, country? text, employee_count? int, csm_id? id,"
        "is_strategic? bool, growth_potential? enum low medium high,"
        "integration_count? int, department_count? int",
        known_at="created_at",
    ),
    _table(
        "crm_team_members",
        "member_id",
        f"member_id id, member_name text, role enum {ROLES},"
        "coverage_tier? enum strategic enterprise mid_market smb,"
        "hired_on? date, left_on? date, annual_cost? decimal",
        known_at="hired_on",
    ),
    _table(
        "crm_account_assignments",
        "account_id member_id assigned_from",
        "account_id id, member_id id, assigned_from date, assigned_to? date",
        known_at="assigned_from",
        interval="assigned_from assigned_to",
    ),
    _table(
        "billing_plans",
        "plan_id",
        "plan_id id, plan_name? text, product_id? id, plan_rank? int",
    ),
    _table(
        "billing_exchange_rates",
        "rate_on currency",
        "rate_on date, currency text, rate_to_reporting decimal",
        known_at="rate_on",
    ),
    _table(
        "billing_subscriptions",
        "subscription_id",
        "subscription_id id, account_id id, started_on date, ended_on? date, canceled_on? date,"
        f"status? enum {STATUSES}, is_trial? bool, trial_ends_on? date, plan_id? id,"
        "seats? int, mrr_amount? decimal, currency? text, term_months? int,"
        "renews_subscription_id? id, auto_renew? bool",
        known_at="started_on",
        interval="started_on ended_on",
    ),
    _table(
        "billing_subscription_items",
        "subscription_id item_id effective_from",
        "subscription_id id, item_id id, product_id id, plan_id? id, effective_from date,"
        "effective_to? date, quantity decimal, unit_amount decimal, discount_percent? decimal,"
        f"is_temporary_discount? bool, billing_interval enum {INTERVALS},"
        "billing_interval_count? int, discount_amount? decimal, unit? enum seat usage flat,"
        "currency? text",
        known_at="effective_from",
        interval="effective_from effective_to",
        series="subscription_id item_id",
    ),
    _table(
        "billing_subscription_pauses",
        "subscription_id paused_from",
        "subscription_id id, paused_from date, resumed_on? date",
        known_at="paused_from",
        interval="paused_from resumed_on",
        series="subscription_id",
    ),
    _table(
        "billing_contract_terms",
        "subscription_id term_start_on",
        "subscription_id id, term_start_on date, term_end_on date, auto_renew? bool,"
        "signed_on? date",
        known_at="signed_on term_start_on",
        interval="term_start_on term_end_on",
        series="subscription_id",
    ),
    _table(
        "billing_invoices",
        "invoice_id",
        "invoice_id id, account_id id, issued_on date, due_on? date, paid_on? date,"
        "amount_due decimal, amount_paid? decimal, currency? text,"
        "status? enum draft open paid void uncollectible",
        known_at="issued_on",
    ),
)
