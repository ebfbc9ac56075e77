"""Accounts: the one row of an account agrees with its history."""

from expectations.suite import Suite, law

# The keys of the marts that events lead to, written as events write them.
KEYS_OF_EVENTS = {
    "fct_mrr_monthly": ("account_id", "month"),
    "fct_churn_events": ("account_id", "churned_month"),
    "fct_segment_transitions": ("account_id", "month", "scheme"),
    "fct_health_scores": ("snapshot_date", "account_id", "scheme"),
    "fct_activities": ("activity_id",),
    "fct_survey_answers": ("response_id",),
    "fct_tickets": ("ticket_id",),
    "fct_playbook_triggers": ("trigger_id",),
    "dim_contacts": ("contact_id",),
    "fct_renewals": ("subscription_id", "renewal_on"),
    "fct_success_objectives": ("objective_id",),
    "rpt_time_to_value": ("cohort_quarter", "touch_tier", "milestone"),
}
ROWS_OF_EVENTS = " union all ".join(
    f"select '{mart}' as table_name, "
    + " || '&' || ".join(f"'{column}=' || url_encode(cast({column} as text))" for column in key)
    + f" as row_key from marts.{mart}"
    for mart, key in KEYS_OF_EVENTS.items()
)

SUITES = (
    Suite(
        "marts.dim_accounts",
        (
            law(
                "An account's MRR is the closing MRR of its latest month in fct_mrr_monthly.",
                """
                with latest as (
                    select account_id, month, closing_mrr from marts.fct_mrr_monthly
                    qualify month = max(month) over (partition by account_id)
                )
                select account_id, latest.month, t.mrr, latest.closing_mrr
                from batch as t full join latest using (account_id)
                where t.mrr is distinct from coalesce(latest.closing_mrr, 0)
                """,
            ),
            law(
                "An account's first_mrr_month and cohort_quarter are those of its first month with"
                " MRR in fct_mrr_monthly. Opening accounts have no cohort.",
                """
                with firsts as (
                    select account_id, min(month) as month from marts.fct_mrr_monthly
                    where closing_mrr > 0 group by account_id
                )
                select account_id, t.first_mrr_month, firsts.month, t.cohort_quarter
                from batch as t full join firsts using (account_id)
                where t.first_mrr_month is distinct from firsts.month
                    or t.cohort_quarter is distinct from
                        case
                            when not t.is_opening_account
                                then cast(date_trunc('quarter', firsts.month) as date)
                        end
                """,
            ),
            law(
                "An opening account is one with the driver opening in fct_mrr_movements, and its"
                " first month is the first of all.",
                """
                with
                openings as (
                    select distinct account_id from marts.fct_mrr_movements
                    where driver = 'opening'
                ),
                history as (select min(month) as month from marts.fct_mrr_monthly)
                select t.account_id, t.is_opening_account, t.first_mrr_month, history.month
                from batch as t
                cross join history
                left join openings using (account_id)
                where t.is_opening_account <> (openings.account_id is not null)
                    or (t.is_opening_account and t.first_mrr_month <> history.month)
                """,
            ),
            law(
                "A churned account's last tier, ARR and reason are those of its latest row in"
                " fct_churn_events.",
                """
                with latest as (
                    select account_id, touch_tier, 12 * churned_mrr as arr, reason_category
                    from marts.fct_churn_events
                    qualify churned_month = max(churned_month) over (partition by account_id)
                )
                select account_id, t.last_touch_tier, latest.touch_tier, t.last_arr, latest.arr
                from (select * from batch where status = 'churned') as t
                left join latest using (account_id)
                where t.last_touch_tier is distinct from latest.touch_tier
                    or t.last_arr is distinct from latest.arr
                    or t.churn_reason_category is distinct from latest.reason_category
                """,
            ),
            law(
                "An account churned on the day of its latest row in fct_churn_events, or later"
                " after a stay too short for a month's end.",
                """
                with latest as (
                    select account_id, max(churned_on) as churned_on from marts.fct_churn_events
                    group by account_id
                )
                select account_id, t.churned_on, latest.churned_on as event_on
                from batch as t left join latest using (account_id)
                where t.churned_on < latest.churned_on
                    or (
                        t.churned_on is not null and t.first_mrr_month is not null
                        and latest.churned_on is null
                    )
                """,
            ),
            law(
                "An account's last touch is its latest one in fct_activities.",
                """
                with latest as (
                    select account_id, max(completed_on) as touched_on from marts.fct_activities
                    where is_touch group by account_id
                )
                select account_id, t.last_touch_on, latest.touched_on
                from batch as t left join latest using (account_id)
                where t.last_touch_on is distinct from latest.touched_on
                """,
            ),
            law(
                "An account's tiers are those of fct_account_segments in the latest month.",
                """
                with latest as (
                    select * from marts.fct_account_segments
                    where month = (select max(month) from marts.fct_mrr_monthly)
                )
                select account_id, t.arr_tier, t.touch_tier, t.investment_tier,
                    latest.arr_tier as latest_arr_tier, latest.touch_tier as latest_touch_tier,
                    latest.investment_tier as latest_investment_tier
                from batch as t left join latest using (account_id)
                where t.arr_tier is distinct from latest.arr_tier
                    or t.touch_tier is distinct from latest.touch_tier
                    or t.investment_tier is distinct from latest.investment_tier
                """,
            ),
            law(
                "There are no more accounts than the CRM's accounts that dq_reconciliation"
                " counts as accepted.",
                """
                select count(*) as accounts, any_value(accepted_rows) as accepted
                from batch as t
                cross join (
                    select sum(accepted_rows) as accepted_rows from quality.dq_reconciliation
                    where source_system = 'crm' and table_name = 'accounts'
                )
                having count(*) > any_value(accepted_rows)
                """,
            ),
        ),
    ),
    Suite(
        "marts.fct_account_events",
        (
            law(
                "Every event leads to a row of its mart.",
                f"""
                with keys as ({ROWS_OF_EVENTS})
                select t.table_name, t.row_key, t.kind from batch as t
                anti join keys on keys.table_name = t.table_name and keys.row_key = t.row_key
                """,
            ),
            law(
                "Every churn, decided renewal, change of tier, answer to a survey, achieved"
                " objective and trigger is an event on its day.",
                """
                with
                facts as (
                    select 'churn' as kind, account_id, churned_on as occurred_on
                    from marts.fct_churn_events
                    union all
                    select 'renewal_decided', account_id, renewal_on from marts.fct_renewals
                    where outcome <> 'open'
                    union all
                    select 'tier_change', account_id,
                        least(last_day(month), (select max(known_on) from batch))
                    from marts.fct_segment_transitions where is_complete_month
                    union all
                    select 'survey_answer', account_id, answered_on from marts.fct_survey_answers
                    where answer_source = 'survey'
                    union all
                    select 'objective_achieved', account_id, achieved_on
                    from marts.fct_success_objectives where achieved_on is not null
                    union all
                    select 'playbook_opened', account_id, opened_on
                    from marts.fct_playbook_triggers where times_reopened = 0
                ),
                counted as (
                    select kind, account_id, occurred_on, count(*) as facts from facts group by all
                ),
                found as (
                    select kind, account_id, occurred_on, count(*) as events
                    from batch as t group by all
                )
                select kind, account_id, occurred_on, facts, events
                from counted left join found using (kind, account_id, occurred_on)
                where coalesce(events, 0) < facts
                """,
            ),
            law(
                "Every movement of MRR in fct_mrr_monthly is an event, but the loss of a churn of"
                " the same month.",
                """
                with
                moved as (
                    select account_id, month from marts.fct_mrr_monthly
                    where closing_mrr <> opening_mrr
                    except
                    select account_id, churned_month from marts.fct_churn_events
                ),
                events as (
                    select account_id, row_key from batch where kind = 'mrr_movement'
                )
                select moved.account_id, month, row_key
                from moved full join events
                    on row_key = 'account_id=' || url_encode(moved.account_id)
                        || '&month=' || month
                where row_key is null or moved.account_id is null
                """,
            ),
        ),
    ),
)
