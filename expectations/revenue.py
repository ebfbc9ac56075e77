"""Revenue: movements are explained in full, and no month is implausible."""

from expectations.suite import LARGE_BASE, Suite, band, law

WIDEST_MONTHLY_RATIO = 10
LARGEST_MONTHLY_LOSS = 0.9
WIDEST_FX_RATIO = 10

SUITES = (
    Suite(
        "marts.fct_mrr_monthly",
        (
            law(
                "A month is complete exactly where dim_dates says so.",
                """
                select distinct t.month, t.is_complete_month from batch as t
                left join marts.dim_dates as dates on t.month = dates.date_day
                where t.is_complete_month is distinct from dates.is_complete_month
                """,
            ),
            band(
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
            band(
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
            band(
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
            law(
                "The drivers of an account's month sum to its movement in fct_mrr_monthly, under"
                " the name of that movement.",
                """
                with
                driven as (
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
                from moved full join driven using (account_id, month)
                where change is distinct from amount or movement is distinct from movement_type
                    or movement_types > 1
                """,
            ),
        ),
    ),
    Suite(
        "marts.dim_products",
        (
            law(
                "Products bring the MRR of dim_accounts, and every product of fct_mrr_movements is"
                " there.",
                """
                select product_id, null as mrr, null as accounts_mrr
                from marts.fct_mrr_movements anti join batch using (product_id)
                union all
                select null, (select sum(mrr) from batch), sum(mrr) from marts.dim_accounts
                having coalesce(sum(mrr), 0)
                    <> coalesce((select sum(mrr) from batch), 0)
                """,
            ),
        ),
    ),
)
