"""Coverage: every customer is in one book and one tier of each scheme, with its ARR and cost."""

from expectations.suite import LARGE_BASE, Suite, band, law

PLAN_ROUNDING = 1e-6  # shares of a tier have nine digits, and months of the forecast have cents
LARGEST_STRATEGIC_SHARE = 0.5  # a tier of the top few that holds half of all is none

SUITES = (
    Suite(
        "marts.fct_account_segments",
        (
            law(
                "Segments cover every account in every month that it closes above 0 in"
                " fct_mrr_monthly, and no other.",
                """
                select account_id, month, ledger.closing_mrr
                from batch as t
                full join (select * from marts.fct_mrr_monthly where is_active) as ledger
                    using (account_id, month)
                where ledger.closing_mrr is null or t.account_id is null
                """,
            ),
            law(
                "A customer's MRR and ARR tier are those of the month in fct_mrr_monthly.",
                """
                select account_id, month, t.mrr, ledger.closing_mrr, t.arr_tier,
                    ledger.arr_tier as ledger_arr_tier
                from batch as t inner join marts.fct_mrr_monthly as ledger using (account_id, month)
                where t.mrr is distinct from ledger.closing_mrr
                    or t.arr_tier is distinct from ledger.arr_tier
                """,
            ),
            band(
                f"Of {LARGE_BASE} customers or more, at most {LARGEST_STRATEGIC_SHARE:.0%} are of"
                " the strategic investment tier.",
                f"""
                select month, count(*) as accounts,
                    count_if(investment_tier = 'strategic') as strategic
                from batch as t
                group by month
                having count(*) >= {LARGE_BASE} and
                    count_if(investment_tier = 'strategic') > count(*) * {LARGEST_STRATEGIC_SHARE}
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_coverage_capacity",
        (
            law(
                "Accounts under, within and over their investment are those of dim_accounts, with"
                " their cost.",
                """
                with statuses as (
                    select investment_tier, investment_status, count(*) as accounts,
                        sum(cost_to_serve_12m) as cost
                    from marts.dim_accounts where investment_status is not null group by 1, 2
                ),
                parts as (
                    select investment_tier, 'under' as investment_status,
                        under_accounts as accounts, under_cost as cost from batch as t
                    union all
                    select investment_tier, 'within', within_accounts, within_cost from batch as t
                    union all
                    select investment_tier, 'over', over_accounts, over_cost from batch as t
                )
                select investment_tier, investment_status, parts.accounts, statuses.accounts
                from parts full join statuses using (investment_tier, investment_status)
                where coalesce(parts.accounts, 0) <> coalesce(statuses.accounts, 0)
                    or coalesce(parts.cost, 0) <> coalesce(statuses.cost, 0)
                """,
            ),
            law(
                "The investment tiers hold the accounts of dim_accounts that pay, with their ARR.",
                """
                select whole.accounts, parts.accounts as accounts_of_tiers, whole.arr,
                    parts.arr as arr_of_tiers
                from (
                    select count(*) as accounts, coalesce(sum(arr), 0) as arr
                    from marts.dim_accounts where mrr > 0
                ) as whole
                cross join (
                    select coalesce(sum(accounts), 0) as accounts, coalesce(sum(arr), 0) as arr
                    from batch as t
                ) as parts
                where whole.accounts <> parts.accounts or whole.arr <> parts.arr
                """,
            ),
            law(
                "The investment tiers share out the CSMs of rpt_csm_books, each to one tier.",
                """
                select sum(csm_count) as csms, books.csms as csms_with_books
                from batch as t
                cross join (
                    select count(*) as csms from marts.rpt_csm_books
                    where ramped_share is not null
                ) as books
                group by books.csms
                having sum(csm_count) <> books.csms
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_org_plan",
        (
            law(
                "The plan starts from the accounts, the ARR and the CSMs of rpt_coverage_capacity.",
                """
                select investment_tier, t.accounts_today, tiers.accounts, t.arr_today, tiers.arr,
                    t.csm_count_today, tiers.csm_count
                from batch as t
                full join marts.rpt_coverage_capacity as tiers using (investment_tier)
                where t.accounts_today is distinct from tiers.accounts
                    or t.arr_today is distinct from tiers.arr
                    or t.csm_count_today is distinct from tiers.csm_count
                """,
            ),
            law(
                "Within a year, today's accounts and the run rate give the ARR that"
                " fct_mrr_forecast expects, unless the company plans its growth.",
                f"""
                with forecasts as (
                    select forecast_month as month, 12 * (
                        p50 + new_business_run_rate * months.months_ahead
                    ) as arr
                    from marts.fct_mrr_forecast as expected
                    inner join intermediate.int_plan_months as months
                        on expected.forecast_month = months.month
                    where touch_tier = 'all'
                )
                select month, sum(t.arr) as arr, any_value(forecasts.arr) as forecast
                from batch as t inner join forecasts using (month)
                where scenario = 'p50'
                group by month
                having bool_and(acquisition_source = 'run_rate')
                    and abs(sum(t.arr) - any_value(forecasts.arr))
                        > {PLAN_ROUNDING} * any_value(forecasts.arr) + 1
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_csm_books",
        (
            law(
                "A book holds the accounts of dim_accounts that its CSM owns and that pay, with"
                " their ARR.",
                """
                select csm_id, t.accounts, t.arr, owned.accounts as owned, owned.arr as owned_arr
                from batch as t
                full join (
                    select csm_id, count(*) as accounts,
                        sum(arr) as arr
                    from marts.dim_accounts where mrr > 0 group by 1
                ) as owned using (csm_id)
                where t.accounts is distinct from coalesce(owned.accounts, 0)
                    or t.arr is distinct from coalesce(owned.arr, 0)
                """,
            ),
            law(
                "Serving all accounts costs the same in rpt_csm_books, in rpt_coverage_capacity, by"
                " every scheme in rpt_segment_performance and in int_accounts_covered.",
                """
                with costs as (
                    select 'int_accounts_covered' as place, sum(cost_to_serve) as cost
                    from intermediate.int_accounts_covered
                    union all
                    select 'rpt_csm_books', sum(cost_to_serve) from batch as t
                    union all
                    select 'rpt_coverage_capacity', sum(cost_to_serve)
                    from marts.rpt_coverage_capacity
                    union all
                    select tier_scheme, sum(cost_to_serve) from marts.rpt_segment_performance
                    group by tier_scheme
                )
                select * from costs
                where (select count(distinct coalesce(cost, 0)) from costs) > 1
                """,
            ),
            law(
                "A book's retention is that of its CSM in fct_retention.",
                """
                select csm_id, book_grr, book_nrr, retained.grr, retained.nrr
                from batch as t
                inner join marts.fct_retention as retained
                    on retained.segment_type = 'csm' and retained.window_months = 12
                    and retained.segment = csm_id
                    and retained.month = (select last_complete_month
                        from intermediate.int_run_context)
                where book_grr is distinct from retained.grr
                    or book_nrr is distinct from retained.nrr
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_csm_attainment",
        (
            law(
                "A CSM's results are those of the book in rpt_csm_books, and an opening book counts"
                " for a CSM who was there.",
                """
                select csm_id, t.book_grr, t.book_nrr, books.book_grr, books.book_nrr
                from batch as t
                left join marts.rpt_csm_books as books using (csm_id)
                where books.csm_id is null
                    or t.mean_health is distinct from books.mean_health
                    or (
                        not is_hired_in_year
                        and (
                            t.book_grr is distinct from books.book_grr
                            or t.book_nrr is distinct from books.book_nrr
                        )
                    )
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_segment_performance",
        (
            law(
                "The upgrade candidates of every scheme are those of dim_accounts, with their ARR.",
                """
                select tier_scheme, sum(upgrade_candidates) as of_tiers, any_value(whole.accounts)
                from batch as t
                cross join (
                    select count_if(is_upgrade_candidate) as accounts,
                        coalesce(sum(arr) filter (where is_upgrade_candidate), 0) as arr
                    from marts.dim_accounts
                ) as whole
                group by tier_scheme
                having sum(upgrade_candidates) <> any_value(whole.accounts)
                    or sum(upgrade_candidate_arr) <> any_value(whole.arr)
                """,
            ),
            law(
                "The cost to serve of a tier is that of its accounts in the latest month of"
                " fct_account_segments.",
                """
                with accounts as (
                    unpivot (
                        select account_id, cost_to_serve_12m, arr_tier, touch_tier, investment_tier
                        from marts.fct_account_segments
                        where month = (select max(month) from marts.fct_mrr_monthly)
                    )
                    on arr_tier, touch_tier, investment_tier into name tier_scheme value tier
                ),
                tiers as (
                    select tier_scheme, tier, sum(cost_to_serve_12m) as cost_of_accounts
                    from accounts group by all
                )
                select tier_scheme, tier, t.cost_to_serve, tiers.cost_of_accounts
                from batch as t inner join tiers using (tier_scheme, tier)
                where t.cost_to_serve is distinct from tiers.cost_of_accounts
                """,
            ),
            law(
                "The tiers of every scheme hold the accounts of dim_accounts that pay, with their"
                " ARR.",
                """
                select tier_scheme, parts.accounts as accounts_of_tiers, whole.accounts,
                    parts.arr as arr_of_tiers, whole.arr
                from (
                    select count(*) as accounts, coalesce(sum(arr), 0) as arr
                    from marts.dim_accounts where mrr > 0
                ) as whole
                cross join (
                    select distinct tier_scheme from batch as t union
                    select unnest(['arr_tier', 'touch_tier', 'investment_tier'])
                ) as schemes
                left join (
                    select tier_scheme, sum(accounts) as accounts, sum(arr) as arr from batch as t
                    group by tier_scheme
                ) as parts using (tier_scheme)
                where parts.accounts is distinct from whole.accounts
                    or parts.arr is distinct from whole.arr
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_account_review",
        (
            law(
                "An account under review pays, and its ARR is that of dim_accounts.",
                """
                select account_id, criteria_met, action, t.arr, accounts.arr as account_arr
                from batch as t left join marts.dim_accounts as accounts using (account_id)
                where not coalesce(accounts.mrr > 0, false) or t.arr <> accounts.arr
                """,
            ),
            law(
                "The support cost of an account under review is the handling cost of its tickets of"
                " 12 months in fct_tickets.",
                """
                with tickets as (
                    select account_id, sum(handling_cost) as handling_cost
                    from marts.fct_tickets cross join intermediate.int_run_context as run
                    where cast(created_at as date) > run.as_of_date - interval 12 months
                    group by account_id
                )
                select account_id, t.support_cost_12m, tickets.handling_cost
                from batch as t left join tickets using (account_id)
                where t.support_cost_12m <> coalesce(tickets.handling_cost, 0)
                """,
            ),
        ),
    ),
)
