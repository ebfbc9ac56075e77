"""Revenue: the months close, and what moved is told in full."""

from expectations.suite import LARGE_BASE, Suite, law, unique_key

WIDEST_MONTHLY_RATIO = 10
LARGEST_MONTHLY_LOSS = 0.9
WIDEST_FX_RATIO = 10

SUITES = (
    Suite(
        "marts.fct_mrr_monthly",
        (
            unique_key("account_id", "month"),
            law(
                "Every account's month closes: opening + new + reactivation + expansion"
                " - contraction - churn = closing.",
                """
                select account_id, month, opening_mrr, closing_mrr from batch as t
                where opening_mrr + new_mrr + reactivation_mrr + expansion_mrr
                    - contraction_mrr - churn_mrr <> closing_mrr
                """,
            ),
            law(
                "An account's month opens with the closing of the one before, none left out"
                " between, and its first opens with nothing.",
                """
                select account_id, month, opening_mrr, closed_before
                from (
                    select *, lag(closing_mrr, 1, 0) over each_account as closed_before,
                        lag(month, 1, cast(month - interval '1' month as date))
                            over each_account as month_before
                    from batch as t
                    window each_account as (partition by account_id order by month)
                )
                where opening_mrr <> closed_before or month <> month_before + interval '1' month
                """,
            ),
            law(
                "In total, a month opens with what the month before closed with.",
                """
                with totals as (
                    select month, sum(opening_mrr) as opening, sum(closing_mrr) as closing
                    from batch as t group by month
                )
                select coalesce(later.month, earlier.month + interval '1' month) as month,
                    earlier.closing, later.opening
                from totals as earlier
                full join totals as later on later.month = earlier.month + interval '1' month
                where coalesce(earlier.closing, 0) <> coalesce(later.opening, 0)
                    and earlier.month is distinct from (select max(month) from totals)
                """,
            ),
            law(
                "An account makes at most one movement a month, and none is negative.",
                """
                select account_id, month from batch as t
                where 0 > least(
                        new_mrr, reactivation_mrr, expansion_mrr, contraction_mrr, churn_mrr
                    )
                    or (new_mrr > 0)::int + (reactivation_mrr > 0)::int + (expansion_mrr > 0)::int
                        + (contraction_mrr > 0)::int + (churn_mrr > 0)::int > 1
                """,
            ),
            law(
                "An account is new once, in its first month.",
                """
                select account_id, month, new_mrr from batch as t
                qualify (new_mrr > 0)
                    <> (month = min(month) over (partition by account_id))
                """,
            ),
            law(
                "Active is who closes above 0, and ARR is 12 times MRR.",
                """
                select account_id, month, closing_mrr, arr, is_active from batch as t
                where is_active <> (closing_mrr > 0) or arr <> 12 * closing_mrr or closing_mrr < 0
                """,
            ),
            law(
                "A month is as complete here as in dim_dates, which knows every month.",
                """
                select distinct t.month, t.is_complete_month from batch as t
                left join marts.dim_dates as dates on t.month = dates.date_day
                where t.is_complete_month is distinct from dates.is_complete_month
                """,
            ),
            law(
                f"Total MRR does not change by a factor above {WIDEST_MONTHLY_RATIO} within a"
                f" month that opens with {LARGE_BASE} paying accounts or more.",
                f"""
                select month, sum(opening_mrr) as opening, sum(closing_mrr) as closing
                from batch as t
                group by month
                having count_if(opening_mrr > 0) >= {LARGE_BASE} and not
                    sum(closing_mrr) between sum(opening_mrr) / {WIDEST_MONTHLY_RATIO}
                        and sum(opening_mrr) * {WIDEST_MONTHLY_RATIO}
                """,
            ),
            law(
                f"Of {LARGE_BASE} paying accounts or more, at most {LARGEST_MONTHLY_LOSS:.0%} leave"
                " in one month.",
                f"""
                select month, count_if(opening_mrr > 0) as accounts, count_if(churn_mrr > 0) as gone
                from batch as t
                where is_complete_month
                group by month
                having count_if(opening_mrr > 0) >= {LARGE_BASE}
                    and count_if(churn_mrr > 0) > count_if(opening_mrr > 0) * {LARGEST_MONTHLY_LOSS}
                """,
            ),
            law(
                "MRR at the month's own exchange rates stays within a factor of"
                f" {WIDEST_FX_RATIO} of MRR at the constant ones.",
                f"""
                select month, sum(closing_mrr) as constant, sum(reported_closing_mrr) as reported
                from batch as t
                group by month
                having count_if(closing_mrr > 0) >= {LARGE_BASE} and not sum(reported_closing_mrr)
                    between sum(closing_mrr) / {WIDEST_FX_RATIO}
                        and sum(closing_mrr) * {WIDEST_FX_RATIO}
                """,
            ),
        ),
    ),
    Suite(
        "marts.fct_mrr_movements",
        (
            unique_key("account_id", "month", "movement_type", "driver", "product_id"),
            law(
                "The drivers of an account's month sum to its movement, which is told under one"
                " name.",
                """
                with
                told as (
                    select account_id, month, sum(amount) as amount,
                        min(movement_type) as movement_type,
                        count(distinct movement_type) as movement_types
                    from batch as t group by account_id, month
                ),
                moved as (
                    select account_id, month, closing_mrr - opening_mrr as change,
                        case
                            when new_mrr > 0 then 'new'
                            when reactivation_mrr > 0 then 'reactivation'
                            when expansion_mrr > 0 then 'expansion'
                            when contraction_mrr > 0 then 'contraction'
                            when churn_mrr > 0 then 'churn'
                        end as movement
                    from marts.fct_mrr_monthly
                    where closing_mrr <> opening_mrr
                )
                select account_id, month, movement, movement_type, change, amount
                from moved full join told using (account_id, month)
                where change is distinct from amount or movement is distinct from movement_type
                    or movement_types > 1
                """,
            ),
        ),
    ),
    Suite(
        "marts.dim_dates",
        (
            unique_key("date_day"),
            law(
                "The calendar has no gap.",
                """
                select count(*) as days, min(date_day) as first_day, max(date_day) as last_day
                from batch as t
                having count(*) <> max(date_day) - min(date_day) + 1
                """,
            ),
            law(
                "Months are complete up to one month, and open after it.",
                """
                select month, is_complete_month from batch as t
                qualify is_complete_month and not
                    bool_and(is_complete_month) over (order by month range unbounded preceding)
                """,
            ),
        ),
    ),
)
