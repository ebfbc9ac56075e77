"""Retention: amounts and cohorts are those of the MRR ledger, and parts are those of the whole."""

from expectations.suite import LARGE_BASE, Suite, band, law

HIGHEST_MONTHLY_NRR = 10  # for one month: a year may multiply a young company by more

SUITES = (
    Suite(
        "marts.fct_retention",
        (
            law(
                "A window's base is the closing MRR in fct_mrr_monthly of the month before it.",
                """
                with closings as (
                    select month, sum(closing_mrr) as mrr, count_if(is_active) as accounts
                    from marts.fct_mrr_monthly group by month
                )
                select t.window_months, t.month, t.starting_mrr, closings.mrr
                from batch as t
                left join closings
                    on closings.month = t.month - t.window_months * interval '1' month
                where t.segment_type = 'all' and (
                    t.starting_mrr <> coalesce(closings.mrr, 0)
                    or t.starting_accounts <> coalesce(closings.accounts, 0)
                )
                """,
            ),
            law(
                "Over one month, churn, contraction and expansion are those of fct_mrr_monthly.",
                """
                with ledger as (
                    select month, sum(churn_mrr) as churn, sum(contraction_mrr) as contraction,
                        sum(expansion_mrr) as expansion
                    from marts.fct_mrr_monthly where is_complete_month group by month
                )
                select month, t.churn_mrr, ledger.churn, t.contraction_mrr, ledger.contraction,
                    t.expansion_mrr, ledger.expansion
                from (
                    select * from batch where window_months = 1 and segment_type = 'all'
                ) as t
                full join ledger using (month)
                where (churn_mrr, contraction_mrr, expansion_mrr)
                    is distinct from (churn, contraction, expansion)
                    and coalesce(churn + contraction + expansion, 0)
                        + coalesce(churn_mrr + contraction_mrr + expansion_mrr, 0) > 0
                """,
            ),
            law(
                "A window ends with a month that is complete in dim_dates.",
                """
                select t.window_months, t.month from batch as t
                left join marts.dim_dates as dates on t.month = dates.date_day
                where dates.is_complete_month is distinct from true
                """,
            ),
            band(
                f"NRR over one month stays below {HIGHEST_MONTHLY_NRR:.0%}, over {LARGE_BASE}"
                " accounts or more.",
                f"""
                select window_months, month, segment_type, segment, nrr from batch as t
                where window_months = 1 and starting_accounts >= {LARGE_BASE}
                    and nrr > {HIGHEST_MONTHLY_NRR}
                """,
            ),
        ),
    ),
    Suite(
        "marts.fct_retention_bases",
        (
            law(
                "The accounts of a window sum to fct_retention, in every segment of every type.",
                """
                with
                segmented as (
                    select *, 'all' as all_accounts from batch
                ),
                summed as (
                    select window_months, month,
                        unnest([
                            'all', 'arr_tier', 'touch_tier', 'investment_tier', 'csm', 'plan',
                            'industry', 'region', 'cohort_quarter'
                        ]) as segment_type,
                        unnest([
                            all_accounts, arr_tier_at_start, touch_tier_at_start,
                            investment_tier_at_start, csm_id_at_start, plan_at_start, industry,
                            region, cohort_quarter
                        ]) as segment,
                        starting_mrr, retained_mrr, ending_mrr, is_retained, is_paused_at_end
                    from segmented
                ),
                bases as (
                    select window_months, month, segment_type, segment,
                        sum(starting_mrr) as base_start, sum(ending_mrr) as base_end,
                        sum(retained_mrr) as base_retained, count(*) as accounts,
                        count_if(is_retained) as retained, count_if(is_paused_at_end) as paused
                    from summed group by all
                ),
                rates as (select * from marts.fct_retention where starting_accounts > 0)
                select window_months, month, segment_type, segment, base_start, starting_mrr,
                    base_retained, base_end, ending_mrr
                from bases
                full join rates using (window_months, month, segment_type, segment)
                where (base_start, base_end, base_retained, accounts, retained, paused)
                    is distinct from (
                        starting_mrr, ending_mrr, starting_mrr - churn_mrr - contraction_mrr,
                        starting_accounts, retained_accounts, paused_accounts
                    )
                """,
            ),
        ),
    ),
    Suite(
        "marts.fct_cohort_retention",
        (
            law(
                "A cohort is shown only at ages that end with a month complete in dim_dates.",
                """
                select t.cohort_grain, t.cohort, t.age_months from batch as t
                left join marts.dim_dates as dates
                    on dates.date_day = t.cohort + t.age_months * interval '1' month
                where dates.is_complete_month is distinct from true
                """,
            ),
            law(
                "The monthly cohorts hold every account that is new in a complete month of"
                " fct_mrr_monthly, with its MRR. Opening accounts are in none.",
                """
                with
                cohorts as (
                    select cohort as month, cohort_accounts, cohort_mrr from batch as t
                    where cohort_grain = 'month' and segment_type = 'all' and age_months = 0
                ),
                ledger as (
                    select month, count(*) as accounts, sum(new_mrr) as mrr
                    from marts.fct_mrr_monthly
                    inner join marts.dim_accounts using (account_id)
                    where new_mrr > 0 and is_complete_month and not is_opening_account
                    group by month
                )
                select month, cohort_accounts, accounts, cohort_mrr, mrr
                from cohorts full join ledger using (month)
                where cohort_accounts is distinct from accounts or cohort_mrr is distinct from mrr
                """,
            ),
            law(
                "A monthly cohort's MRR in a month is what its accounts close that month with in"
                " fct_mrr_monthly.",
                """
                with
                members as (
                    select account_id, month as cohort from marts.fct_mrr_monthly
                    inner join marts.dim_accounts using (account_id)
                    where new_mrr > 0 and not is_opening_account
                ),
                closings as (
                    select cohort, month, sum(closing_mrr) as mrr, count_if(is_active) as accounts
                    from marts.fct_mrr_monthly inner join members using (account_id)
                    group by cohort, month
                )
                select t.cohort, t.age_months, t.retained_mrr, closings.mrr
                from batch as t
                left join closings
                    on closings.cohort = t.cohort
                    and closings.month = t.cohort + t.age_months * interval '1' month
                where t.cohort_grain = 'month' and t.segment_type = 'all' and (
                    t.retained_mrr <> coalesce(closings.mrr, 0)
                    or t.retained_accounts <> coalesce(closings.accounts, 0)
                )
                """,
            ),
        ),
    ),
    Suite(
        "marts.fct_churn_events",
        (
            law(
                "A churn loses what its account's latest churned month in fct_mrr_monthly lost, and"
                " names that month.",
                """
                select t.account_id, t.churned_month, t.churned_mrr, ledger.churn_mrr,
                    t.ledger_month, ledger.month
                from batch as t
                asof left join (select * from marts.fct_mrr_monthly where churn_mrr > 0) as ledger
                    on ledger.account_id = t.account_id and ledger.month <= t.churned_month
                where (t.churned_mrr, t.ledger_month)
                    is distinct from (ledger.churn_mrr, ledger.month)
                """,
            ),
            law(
                "Every account that goes to 0 in fct_mrr_monthly has its churn, unless it is paused"
                " or free under a contract in force.",
                """
                select ledger.account_id, ledger.month, ledger.churn_mrr
                from marts.fct_mrr_monthly as ledger
                left join batch as t
                    on ledger.account_id = t.account_id and ledger.month = t.churned_month
                where ledger.churn_mrr > 0 and not ledger.is_paused and t.account_id is null
                    and not exists (
                        select 1 from marts.fct_mrr_movements as movements
                        where movements.account_id = ledger.account_id
                            and movements.month = ledger.month and movements.driver = 'free'
                    )
                """,
            ),
            law(
                "An account is reactivated after a churn where fct_mrr_monthly has later MRR, and"
                " only there.",
                """
                select t.account_id, t.churned_month, t.is_reactivated_later
                from batch as t
                where t.is_reactivated_later <> exists (
                    select 1 from marts.fct_mrr_monthly as ledger
                    where ledger.account_id = t.account_id and ledger.month > t.churned_month
                        and ledger.closing_mrr > 0
                )
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_retention_decomposition",
        (
            law(
                "A quarter has every segment of the 12 months in fct_retention that end with it,"
                " with the same rates.",
                """
                with annual as (
                    select *, cast(date_trunc('quarter', month) as date) as quarter
                    from marts.fct_retention
                    where window_months = 12 and month(month) % 3 = 0 and starting_accounts > 0
                )
                select quarter, segment_type, segment, t.grr, annual.grr as annual_grr
                from batch as t
                full join annual using (quarter, segment_type, segment)
                where (t.grr, t.nrr, t.logo_retention)
                    is distinct from (annual.grr, annual.nrr, annual.logo_retention)
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_leakage_points",
        (
            law(
                "The leaks of a quarter and segment are all its churn and contraction in"
                " fct_retention. Of a cohort they are a part.",
                """
                with
                leaks as (
                    select quarter, segment_type, segment, sum(lost_mrr) as leaked,
                        coalesce(sum(lost_mrr) filter (where reason_category = 'contraction'), 0)
                            as contracted
                    from batch as t group by all
                ),
                lost as (
                    select cast(date_trunc('quarter', month) as date) as quarter, segment_type,
                        segment, churn_mrr + contraction_mrr as lost, contraction_mrr
                    from marts.fct_retention
                    where window_months = 12 and month(month) % 3 = 0
                        and churn_mrr + contraction_mrr > 0
                )
                select quarter, segment_type, segment, leaked, lost, contracted, contraction_mrr
                from leaks full join lost using (quarter, segment_type, segment)
                where case
                        when segment_type = 'cohort_quarter'
                            then lost is null or leaked > lost or contracted > contraction_mrr
                        else (leaked, contracted) is distinct from (lost, contraction_mrr)
                    end
                """,
            ),
            law(
                "A leak has the GRR of its quarter and segment in fct_retention.",
                """
                select quarter, t.segment_type, t.segment, t.grr, retained.grr as retained_grr
                from batch as t
                left join marts.fct_retention as retained
                    on retained.window_months = 12 and retained.segment_type = t.segment_type
                    and retained.segment = t.segment
                    and retained.month = quarter + interval '2' month
                where t.grr is distinct from retained.grr
                """,
            ),
        ),
    ),
)
