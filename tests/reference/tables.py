"""The raw tables of the contract: their columns, keys and checks."""

from __future__ import annotations

from dataclasses import dataclass

INTERVALS = "week month quarter half_year year two_years three_years"
ROLES = "csm senior_csm manager director vp account_executive executive cs_ops renewals"
STATUSES = "trialing active past_due unpaid paused canceled expired"
STAGES = "identified qualified proposed committed closed_won closed_lost"
ACTIVITIES = (
    "kickoff onboarding training check_in qbr ebr executive_touch email webinar community other"
)
SIGNALS = (
    "budget_discussion competitor_evaluation feature_request_denied negative_sentiment "
    "champion_departed champion_promoted sponsor_change pricing_complaint cancel_request "
    "conflicting_acquisition shutting_down new_use_case department_interest strategic_initiative"
)
STAKEHOLDERS = "economic_buyer champion influencer end_user blocker technical_owner"
MILESTONES = (
    "access_provisioned first_login first_action first_outcome go_live full_value "
    "onboarding_completed"
)


@dataclass(frozen=True)
class Column:
    """A column of the contract: its type, an enum's values, and the scale of a number."""

    name: str
    kind: str
    required: bool
    values: frozenset[str] = frozenset()
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Table:
    """A table of the contract, and the checks that it is subject to."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    known_at: tuple[str, ...] = ()
    interval: tuple[str, str] | None = None
    series: tuple[str, ...] = ()  # rows of one series may not overlap
    late: tuple[str, ...] = ()  # dates that may not lie before the row
    signed: str | None = None  # unless a later one supersedes: the day on which it was signed


def _column(text: str) -> Column:
    label, kind, *values = text.split()
    name, required = label.rstrip("?"), not label.endswith("?")
    if kind == "enum":
        return Column(name, kind, required, frozenset(values))
    scale = [int(value) for value in values]
    return Column(name, kind, required, frozenset(), *scale)


def _table(
    name: str,
    key: str,
    columns: str,
    known_at: str = "",
    interval: str = "",
    series: str = "",
    late: str = "",
    signed: str | None = None,
) -> Table:
    """Read `name type` pairs, one a comma; `?` marks an optional column."""
    bounds = interval.split()
    return Table(
        name,
        tuple(key.split()),
        tuple(_column(column) for column in columns.split(",")),
        tuple(known_at.split()),
        (bounds[0], bounds[1]) if bounds else None,
        tuple(series.split()),
        tuple(late.split()),
        signed,
    )


# In the order in which they are accepted: a row can only be an orphan of a table before its own.
TABLES: tuple[Table, ...] = (
    _table(
        "crm_accounts",
        "account_id",
        "account_id id, account_name text, created_at timestamp, parent_account_id? id,"
        "industry? text, region? text, country? text, employee_count? int 0, csm_id? id,"
        "is_strategic? bool, growth_potential? enum low medium high,"
        "integration_count? int 0, department_count? int 0",
        known_at="created_at",
    ),
    _table(
        "crm_team_members",
        "member_id",
        f"member_id id, member_name text, role enum {ROLES},"
        "coverage_tier? enum strategic enterprise mid_market smb,"
        "hired_on? date, left_on? date, annual_cost? decimal 0",
        known_at="hired_on",
        late="left_on",
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
        "seats? int 0, mrr_amount? decimal, currency? text, term_months? int 0 120,"
        "renews_subscription_id? id, auto_renew? bool",
        known_at="started_on",
        late="canceled_on",
        interval="started_on ended_on",
    ),
    _table(
        "billing_subscription_items",
        "subscription_id item_id effective_from",
        "subscription_id id, item_id id, product_id id, plan_id? id, effective_from date,"
        "effective_to? date, quantity decimal, unit_amount decimal,"
        "discount_percent? decimal 0 100, is_temporary_discount? bool,"
        f"billing_interval enum {INTERVALS},"
        "billing_interval_count? int 1 120, discount_amount? decimal, unit? enum seat usage flat,"
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
        signed="signed_on",
    ),
    _table(
        "billing_invoices",
        "invoice_id",
        "invoice_id id, account_id id, issued_on date, due_on? date, paid_on? date,"
        "amount_due decimal, amount_paid? decimal, currency? text,"
        "status? enum draft open paid void uncollectible",
        known_at="issued_on",
    ),
    _table(
        "crm_icp_assessments",
        "account_id assessed_on",
        "account_id id, assessed_on date, in_target_industry? bool, in_target_size_range? bool,"
        "uses_target_workflow? bool, has_executive_sponsor? bool, advocates_publicly? bool,"
        "expansion_potential_high? bool, competitor_concentration_low? bool",
        known_at="assessed_on",
    ),
    _table(
        "crm_contacts",
        "contact_id",
        "contact_id id, account_id id, full_name? text, email? text,"
        f"stakeholder_type? enum {STAKEHOLDERS},"
        "seniority? enum c_level vp director manager user, department? text,"
        "relationship_strength? int 1 5, created_at? timestamp, departed_on? date",
        known_at="created_at",
        late="departed_on",
    ),
    _table(
        "crm_activities",
        "activity_id",
        "activity_id id, account_id id, member_id? id, contact_id? id,"
        f"activity_type enum {ACTIVITIES}, scheduled_at? timestamp, completed_at? timestamp,"
        "status enum scheduled completed canceled no_show",
        known_at="scheduled_at completed_at",
    ),
    _table(
        "crm_signals",
        "signal_id",
        "signal_id id, account_id id, occurred_at timestamp,"
        f"signal_type enum {SIGNALS}, note? text",
        known_at="occurred_at",
    ),
    _table(
        "crm_pulses",
        "account_id recorded_at",
        "account_id id, recorded_at timestamp, csm_sentiment? int 1 5,"
        "renewal_sentiment? enum positive neutral negative unknown,"
        "executive_engagement? int 0 100",
        known_at="recorded_at",
    ),
    _table(
        "crm_opportunities",
        "opportunity_id",
        "opportunity_id id, account_id id,"
        "opportunity_type enum new renewal upsell cross_sell seat_expansion usage_expansion,"
        f"stage enum {STAGES}, amount decimal, currency? text, created_at timestamp,"
        "expected_close_on? date, closed_on? date",
        known_at="created_at",
    ),
    _table(
        "crm_opportunity_stages",
        "opportunity_id entered_at",
        f"opportunity_id id, stage enum {STAGES}, entered_at timestamp",
        known_at="entered_at",
    ),
    _table(
        "crm_churn_reasons",
        "account_id churned_on",
        "account_id id, churned_on date, reason_code text, note? text",
        known_at="churned_on",
    ),
    _table(
        "crm_success_objectives",
        "objective_id",
        "objective_id id, account_id id, created_on date, metric_name? text,"
        "baseline_value? decimal, target_value? decimal, current_value? decimal, due_on? date,"
        "achieved_on? date, value_amount? decimal 0, is_customer_validated? bool",
        known_at="created_on",
        late="achieved_on",
    ),
    _table(
        "crm_playbook_tasks",
        "task_id",
        "task_id id, account_id id, playbook text, step text, due_on date, completed_on? date,"
        "is_skipped? bool",
    ),
    _table(
        "product_users",
        "user_id",
        "user_id id, account_id id, created_at? timestamp, deactivated_at? timestamp,"
        "department? text",
        known_at="created_at",
        late="deactivated_at",
    ),
    _table(
        "product_features",
        "feature_key",
        "feature_key text, module? text, is_core? bool, is_gateway? bool",
    ),
    _table(
        "product_usage_limits",
        "account_id feature_key effective_from",
        "account_id id, feature_key text, limit_quantity decimal, effective_from date,"
        "effective_to? date",
        known_at="effective_from",
        interval="effective_from effective_to",
    ),
    _table(
        "product_milestones",
        "account_id milestone",
        f"account_id id, milestone enum {MILESTONES}, achieved_at timestamp",
        known_at="achieved_at",
    ),
    _table(
        "support_tickets",
        "ticket_id",
        "ticket_id id, account_id id, user_id? id, created_at timestamp,"
        "first_responded_at? timestamp, solved_at? timestamp,"
        "priority? enum low normal high urgent, is_escalated? bool, csat_score? int 1 5,"
        "sentiment? enum positive neutral negative, handling_cost? decimal 0",
        known_at="created_at",
        late="first_responded_at solved_at",
    ),
    _table(
        "feedback_survey_responses",
        "response_id",
        "response_id id, account_id id, contact_id? id, survey_type enum nps csat ces,"
        "score int, responded_at timestamp, touchpoint? text",
        known_at="responded_at",
    ),
    _table(
        "pipeline_forecast_log",
        "published_at figure period",
        "published_at timestamp, made_on date, figure enum mrr renewed_arr, period date,"
        "forecast decimal",
        known_at="published_at",
    ),
)

# What happened in the product, by far the most rows: read column by column (usage.py).
USAGE_TABLES: tuple[Table, ...] = (
    _table(
        "product_events",
        "event_id",
        "event_id id, account_id id, user_id? id, event_name text, occurred_at timestamp,"
        "quantity? decimal, duration_seconds? int 0, loaded_at? timestamp",
        known_at="occurred_at",
    ),
    _table(
        "product_usage_daily",
        "account_id user_id feature_key usage_on",
        "account_id id, user_id? id, feature_key text, usage_on date, event_count int,"
        "quantity? decimal, duration_seconds? int 0, loaded_at? timestamp",
        known_at="usage_on",
    ),
)
