"""The raw tables: their columns in order, each with its kind of value."""

from __future__ import annotations

_LAYOUT = """
crm_accounts: account_id text, account_name text, created_at timestamp, parent_account_id text,
  industry text, region text, country text, employee_count int, csm_id text, is_strategic bool,
  growth_potential text, integration_count int, department_count int
crm_icp_assessments: account_id text, assessed_on date, in_target_industry bool,
  in_target_size_range bool, uses_target_workflow bool, has_executive_sponsor bool,
  advocates_publicly bool, expansion_potential_high bool, competitor_concentration_low bool
crm_team_members: member_id text, member_name text, role text, coverage_tier text, hired_on date,
  left_on date, annual_cost decimal
crm_account_assignments: account_id text, member_id text, assigned_from date, assigned_to date
crm_contacts: contact_id text, account_id text, full_name text, email text, stakeholder_type text,
  seniority text, department text, relationship_strength int, created_at timestamp,
  departed_on date
crm_activities: activity_id text, account_id text, member_id text, contact_id text,
  activity_type text, scheduled_at timestamp, completed_at timestamp, status text
crm_signals: signal_id text, account_id text, occurred_at timestamp, signal_type text, note text
crm_pulses: account_id text, recorded_at timestamp, csm_sentiment int, renewal_sentiment text,
  executive_engagement int
crm_opportunities: opportunity_id text, account_id text, opportunity_type text, stage text,
  amount decimal, currency text, created_at timestamp, expected_close_on date, closed_on date
crm_opportunity_stages: opportunity_id text, stage text, entered_at timestamp
crm_churn_reasons: account_id text, churned_on date, reason_code text, note text
crm_success_objectives: objective_id text, account_id text, created_on date, metric_name text,
  baseline_value decimal, target_value decimal, current_value decimal, due_on date,
  achieved_on date, value_amount decimal, is_customer_validated bool
crm_playbook_tasks: task_id text, account_id text, playbook text, step text, due_on date,
  completed_on date, is_skipped bool
billing_subscriptions: subscription_id text, account_id text, started_on date, ended_on date,
  canceled_on date, status text, is_trial bool, trial_ends_on date, plan_id text, seats int,
  mrr_amount decimal, currency text, term_months int, renews_subscription_id text, auto_renew bool
billing_subscription_items: subscription_id text, item_id text, product_id text, plan_id text,
  effective_from date, effective_to date, quantity decimal, unit_amount decimal,
  discount_percent decimal, is_temporary_discount bool, billing_interval text,
  billing_interval_count int, discount_amount decimal, unit text, currency text
billing_subscription_pauses: subscription_id text, paused_from date, resumed_on date
billing_plans: plan_id text, plan_name text, product_id text, plan_rank int
billing_contract_terms: subscription_id text, term_start_on date, term_end_on date,
  auto_renew bool, signed_on date
billing_invoices: invoice_id text, account_id text, issued_on date, due_on date, paid_on date,
  amount_due decimal, amount_paid decimal, currency text, status text
billing_exchange_rates: rate_on date, currency text, rate_to_reporting decimal
product_users: user_id text, account_id text, created_at timestamp, deactivated_at timestamp,
  department text
product_events: event_id text, account_id text, user_id text, event_name text,
  occurred_at timestamp, quantity decimal, duration_seconds int, loaded_at timestamp
product_usage_daily: account_id text, user_id text, feature_key text, usage_on date,
  event_count int, quantity decimal, duration_seconds int, loaded_at timestamp
product_features: feature_key text, module text, is_core bool, is_gateway bool
product_usage_limits: account_id text, feature_key text, limit_quantity decimal,
  effective_from date, effective_to date
product_milestones: account_id text, milestone text, achieved_at timestamp
support_tickets: ticket_id text, account_id text, user_id text, created_at timestamp,
  first_responded_at timestamp, solved_at timestamp, priority text, is_escalated bool,
  csat_score int, sentiment text, handling_cost decimal
feedback_survey_responses: response_id text, account_id text, contact_id text, survey_type text,
  score int, responded_at timestamp, touchpoint text
"""


def _parse(layout: str) -> dict[str, tuple[tuple[str, str], ...]]:
    tables: dict[str, tuple[tuple[str, str], ...]] = {}
    for entry in layout.strip().replace("\n  ", " ").split("\n"):
        name, columns = entry.split(": ")
        tables[name] = tuple(tuple(column.split(" ")) for column in columns.split(", "))
    return tables


TABLES: dict[str, tuple[tuple[str, str], ...]] = _parse(_LAYOUT)
"""Columns of each table as (name, kind). Kinds: text, int, decimal, bool, date, timestamp."""

USAGE_TABLE = "product_usage_daily"
EVENTS_TABLE = "product_events"


def column_index(table: str, column: str) -> int:
    """The position of a column in a row of its table."""
    return next(i for i, (name, _) in enumerate(TABLES[table]) if name == column)
