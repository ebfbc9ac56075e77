"""The queries of Account 360 a second time, in pandas over the published Parquet files."""

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from benchmarks.builds import PROJECT

Parameters = Mapping[str, object]


class Tables:
    """The Parquet files of one published folder, each read once."""

    def __init__(self, folder: Path) -> None:
        """Read the files of this folder, the one that `published` leads to."""
        self._folder = folder.resolve()
        self._read: dict[str, pd.DataFrame] = {}

    def of(self, name: str) -> pd.DataFrame:
        """All rows of a mart."""
        if name not in self._read:
            self._read[name] = pd.read_parquet(self._folder / f"{name}.parquet")
        return self._read[name]

    def rows(self, name: str, account: object) -> pd.DataFrame:
        """The rows of one account."""
        table = self.of(name)
        return table[table["account_id"] == account].copy()


def _plain(
    table: str, *columns: str, where: Callable[[pd.DataFrame, Parameters], pd.Series] | None = None
) -> Callable[[Tables, Parameters], pd.DataFrame]:
    """Columns of an account's rows of one table."""

    def derive(tables: Tables, given: Parameters) -> pd.DataFrame:
        rows = tables.rows(table, given["account"])
        return (rows if where is None else rows[where(rows, given)])[list(columns)]

    return derive


def _of_snapshot(rows: pd.DataFrame, given: Parameters) -> pd.Series:
    return rows["snapshot_date"] == given["snapshot_date"]


def _accounts(tables: Tables, given: Parameters) -> pd.DataFrame:
    return tables.of("dim_accounts")[["account_id", "account_name", "status"]]


def _overview(tables: Tables, given: Parameters) -> pd.DataFrame:
    return tables.of("dim_accounts")[
        ["account_id", "arr", "health_status", "health_score", "next_renewal_on", "csm_name"]
    ]


def _account(tables: Tables, given: Parameters) -> pd.DataFrame:
    rows = tables.rows("dim_accounts", given["account"])
    months = tables.rows("fct_mrr_monthly", given["account"])
    last = given["last_complete_month"]
    year_before = last.replace(year=last.year - 1)
    before = months[months["month"] == year_before]["arr"].tolist()
    renewals = tables.rows("fct_renewals", given["account"])
    due = renewals[renewals["renewal_on"] == rows["next_renewal_on"].iloc[0]]
    return rows.assign(
        arr_year_before=before[0] if before else None,
        arr_change=float(rows["arr"].iloc[0]) - float(before[0]) if before else None,
        year_before_month=year_before if before else None,
        next_renewal_arr=None if due.empty else float(due["arr_up"].astype(float).sum()),
        next_renewal_outlook=None if due.empty else due["current_outlook"].min(),
        has_nps=bool((tables.of("fct_survey_answers")["survey_type"] == "nps").any()),
    )


def _before_contract(tables: Tables, given: Parameters) -> pd.DataFrame:
    opportunities = tables.rows("fct_opportunities", given["account"])
    still_open = opportunities[opportunities["is_open"]]
    contacts = tables.rows("dim_contacts", given["account"])
    return pd.DataFrame(
        {
            "open_opportunities": [len(still_open)],
            "open_amount": [
                None if still_open.empty else float(still_open["amount"].astype(float).sum())
            ],
            "contacts": [int(contacts["is_present"].sum())],
        }
    )


def _steps(tables: Tables, given: Parameters) -> pd.DataFrame:
    account, today = given["account"], given["as_of_date"]
    tasks = tables.rows("fct_playbook_tasks", account)
    triggers = tables.rows("fct_playbook_triggers", account)
    open_triggers = set(triggers[triggers["is_open"]]["trigger_id"])
    lines: list[tuple[object, ...]] = [
        (task.due_on, "task", task.action, task.owner_role, task.status == "overdue")
        for task in tasks.itertuples()
        if task.trigger_id in open_triggers
        and task.status in ("open", "overdue")
        and not task.is_superseded
        and task.owner_role != "automation"
    ]
    lines += [
        (activity.scheduled_on, "activity", activity.activity_type, None, False)
        for activity in tables.rows("fct_activities", account).itertuples()
        if activity.status == "scheduled"
        and not pd.isna(activity.scheduled_on)
        and activity.scheduled_on >= today
    ]
    lines += [
        (renewal.renewal_on, "renewal", renewal.current_outlook, None, False)
        for renewal in tables.rows("fct_renewals", account).itertuples()
        if renewal.outcome == "open" and renewal.renewal_on > today
    ]
    lines += [
        (objective.due_on, "objective", objective.metric_name, None, False)
        for objective in tables.rows("fct_success_objectives", account).itertuples()
        if objective.status == "open"
    ]
    return pd.DataFrame(lines, columns=["due_on", "what", "text", "owner_role", "is_overdue"])


def _bands(tables: Tables, given: Parameters) -> pd.DataFrame:
    path = PROJECT / "seeds" / "policy" / "health_status_bands.csv"
    with path.open(encoding="utf-8") as file:
        lowest = sorted((float(row["min_score"]), row["status"]) for row in csv.DictReader(file))
    highest = [low for low, _ in lowest[1:]] + [100.0]
    return pd.DataFrame(
        [(code, low, high) for (low, code), high in zip(lowest, highest, strict=True)],
        columns=["code", "lowest_value", "highest_value"],
    )


def _movements(tables: Tables, given: Parameters) -> pd.DataFrame:
    names = tables.of("dim_products").set_index("product_id")["product_name"].to_dict()
    rows = tables.rows("fct_mrr_movements", given["account"])
    rows["product_name"] = [names.get(product) for product in rows["product_id"]]
    return rows[["month", "movement_type", "driver", "product_name", "amount"]]


def _movements_by_month(tables: Tables, given: Parameters) -> pd.DataFrame:
    rows = tables.rows("fct_mrr_movements", given["account"])
    rows["amount"] = rows["amount"].astype(float)
    return rows.groupby(["month", "movement_type"], as_index=False)["amount"].sum()


def _usage(tables: Tables, given: Parameters) -> pd.DataFrame:
    rows = tables.rows("fct_usage_monthly", given["account"])
    last = given["last_complete_month"]
    rows["is_complete_month"] = [month <= last for month in rows["month"]]
    return rows[
        [
            "month",
            "seats",
            "licensed_users",
            "active_users",
            "logins",
            "feature_events",
            "is_complete_month",
        ]
    ]


def _ticket_months(tables: Tables, given: Parameters) -> pd.DataFrame:
    rows = tables.rows("fct_tickets", given["account"])
    rows["month"] = [moment.date().replace(day=1) for moment in rows["created_at"]]
    return rows.groupby(["month", "priority"], dropna=False).size().reset_index(name="tickets")


def _tickets(tables: Tables, given: Parameters) -> pd.DataFrame:
    rows = tables.rows("fct_tickets", given["account"])
    rows["created_on"] = [moment.date() for moment in rows["created_at"]]
    rows["is_open"] = rows["solved_at"].isna()
    return rows[
        [
            "ticket_id",
            "created_on",
            "priority",
            "is_escalated",
            "is_open",
            "first_response_hours",
            "resolution_hours",
            "csat_score",
            "sentiment",
        ]
    ]


def _activities(tables: Tables, given: Parameters) -> pd.DataFrame:
    rows = tables.rows("fct_activities", given["account"])
    rows["held_on"] = rows["completed_on"].where(rows["completed_on"].notna(), rows["scheduled_on"])
    held = [not pd.isna(day) and day <= given["as_of_date"] for day in rows["held_on"]]
    return rows[pd.Series(held, index=rows.index, dtype=bool)][
        ["held_on", "activity_type", "status", "member_name"]
    ]


def _last_review(tables: Tables, given: Parameters) -> pd.DataFrame:
    rows = tables.rows("fct_activities", given["account"])
    held = rows[rows["activity_type"].isin(["qbr", "ebr"]) & (rows["status"] == "completed")]
    days = held["completed_on"].dropna()
    return pd.DataFrame({"completed_on": [None if days.empty else max(days)]})


def _tasks(tables: Tables, given: Parameters) -> pd.DataFrame:
    rows = tables.rows("fct_playbook_tasks", given["account"])
    triggers = tables.rows("fct_playbook_triggers", given["account"])
    wanted = rows["trigger_id"].isin(triggers[triggers["is_open"]]["trigger_id"])
    wanted &= ~rows["is_superseded"].astype(bool) & ~rows["status"].isin(
        ["done", "late", "skipped"]
    )
    return rows[wanted][["due_on", "action", "playbook", "owner_role", "status", "days_overdue"]]


def _drivers(tables: Tables, given: Parameters) -> pd.DataFrame:
    rows = tables.rows("fct_health_drivers", given["account"])
    return rows[_of_snapshot(rows, given)][
        ["metric", "metric_score", "effective_weight", "points_lost", "driver_rank"]
    ]


DERIVATIONS: dict[str, Callable[[Tables, Parameters], pd.DataFrame]] = {
    "accounts": _accounts,
    "overview": _overview,
    "account": _account,
    "before_contract": _before_contract,
    "steps": _steps,
    "worklist": _plain(
        "rpt_csm_worklist", "csm_id", "band", "why", "action", "due_on", "days_overdue"
    ),
    "scores": _plain(
        "fct_health_scores",
        "snapshot_date",
        "health_score",
        "health_status",
        "coverage",
        where=lambda rows, given: rows["is_active_scheme"],
    ),
    "bands": _bands,
    "drivers": _drivers,
    "indicators": _plain(
        "fct_leading_indicators", "indicator", "severity", "evidence", where=_of_snapshot
    ),
    "expansion_signals": _plain(
        "fct_expansion_signals", "signal", "label", "evidence", where=_of_snapshot
    ),
    "mrr": _plain("fct_mrr_monthly", "month", "closing_mrr", "arr", "seats", "is_complete_month"),
    "movements_by_month": _movements_by_month,
    "movements": _movements,
    "subscriptions": _plain(
        "dim_subscriptions", "plan_name", "status", "started_on", "term_end_on", "ended_on", "mrr"
    ),
    "renewals": _plain(
        "fct_renewals",
        "renewal_on",
        "arr_up",
        "current_outlook",
        "risk_level",
        "calibrated_probability",
        "renewed_arr",
        "expansion_arr",
    ),
    "opportunities": _plain(
        "fct_opportunities",
        "opportunity_type",
        "stage",
        "expected_close_on",
        "amount",
        "calibrated_probability",
        where=lambda rows, given: rows["is_open"],
    ),
    "invoices": _plain(
        "fct_invoices",
        "invoice_id",
        "due_on",
        "amount_due",
        "days_past_due",
        where=lambda rows, given: rows["days_past_due"] >= 1,
    ),
    "churns": _plain(
        "fct_churn_events", "churned_on", "churned_mrr", "reason_category", "tenure_months"
    ),
    "usage": _usage,
    "ticket_months": _ticket_months,
    "tickets": _tickets,
    "answers": _plain(
        "fct_survey_answers", "response_id", "answered_on", "survey_type", "score", "contact_label"
    ),
    "contacts": _plain(
        "dim_contacts",
        "contact_label",
        "stakeholder_type",
        "relationship_strength",
        "is_present",
        "departed_on",
    ),
    "stakeholders": _plain(
        "rpt_stakeholder_coverage",
        "contacts",
        "strong_contacts",
        "is_multi_threaded",
        "roles_missing",
    ),
    "value": _plain(
        "rpt_value_realization", "objectives", "value_amount", "validated_value", "cost", "roi"
    ),
    "onboarding": _plain(
        "fct_onboarding",
        "started_on",
        "judged_on",
        "is_settled",
        "plan_agreed",
        "stakeholders_known",
        "first_value",
        "criteria_met",
        "is_exit_met",
        "contacts_known",
        "adoption_rate",
        "health_score",
    ),
    "value_reports": _plain(
        "rpt_value_report",
        "quarter",
        "active_users",
        "active_users_change",
        "actions",
        "adoption",
        "achieved",
        "improvement",
        "value_amount",
        "roi",
        "time_saved",
    ),
    "objectives": _plain(
        "fct_success_objectives",
        "metric_name",
        "baseline_value",
        "target_value",
        "current_value",
        "progress",
        "due_on",
        "status",
        "value_amount",
    ),
    "activities": _activities,
    "last_review": _last_review,
    "triggers": _plain(
        "fct_playbook_triggers",
        "trigger_id",
        "playbook",
        "opened_on",
        "evidence",
        "is_open",
        "closed_on",
        "closed_by",
    ),
    "tasks": _tasks,
    "events": _plain("fct_account_events", "occurred_on", "kind", "text", "table_name", "row_key"),
}
