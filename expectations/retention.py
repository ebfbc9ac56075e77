"""Retention: rates follow from amounts, amounts from the MRR ledger, and parts sum to the whole."""

from expectations.suite import LARGE_BASE, ROUNDING, Suite, law, unique_key

HIGHEST_MONTHLY_NRR = 10  # for one month: a year may multiply a young company by more

RATES = """
    select *, cast(starting_mrr as double) as base,
        cast(starting_mrr - churn_mrr - contraction_mrr as double) as kept
    from batch as t
"""
AMOUNTS = (
    "starting_mrr",
    "churn_mrr",
    "contraction_mrr",
    "expansion_mrr",
    "ending_mrr",
    "starting_accounts",
    "retained_accounts",
    "paused_accounts",
)
SUMS = ", ".join(f"sum({name}) as {name}" for name in AMOUNTS)
DIFFERENT = " or ".join(f"parts.{name} is distinct from whole.{name}" for name in AMOUNTS)
DRIVERS = ("seats", "usage", "upsell", "cross_sell", "price", "downgrade", "product_drop", "pause")
DRIVERS_SUM = " + ".join(f"expansion_{driver}_mrr" for driver in DRIVERS)

SUITES = (
    Suite(
        "marts.fct_retention",
        (
            unique_key("window_months", "month", "segment_type", "segment"),
            law(
                "GRR is at most 100 % and at most NRR; logo retention is a share.",
                f"""
                select window_months, month, segment_type, segment, grr, nrr, logo_retention
                from batch as t
                where grr > least(1, nrr) + {ROUNDING} or grr < -{ROUNDING}
                    or not logo_retention between 0 and 1
                """,
            ),
            law(
                "A base ends with what it started with, less churn and contraction, plus"
                " expansion.",
                """
                select window_months, month, segment_type, segment, starting_mrr, ending_mrr
                from batch as t
                where starting_mrr - churn_mrr - contraction_mrr + expansion_mrr <> ending_mrr
                """,
            ),
            law(
                "The rates are those of the amounts beside them, and null over an empty base.",
                f"""
                select window_months, month, segment_type, segment, grr, nrr, logo_retention
                from ({RATES})
                where (starting_accounts = 0) <> (base = 0)
                    or (base = 0 and coalesce(grr, nrr, logo_retention) is not null)
                    or (base > 0 and (
                        grr is null or abs(grr - kept / base) > {ROUNDING}
                        or nrr is null or abs(nrr - ending_mrr::double / base) > {ROUNDING}
                        or logo_retention is null
                        or abs(logo_retention - retained_accounts::double / starting_accounts)
                            > {ROUNDING}
                    ))
                """,
            ),
            law(
                "The segments of every segmentation sum to all.",
                f"""
                with
                parts as (
                    select window_months, month, segment_type, {SUMS}
                    from batch as t
                    where segment_type <> 'all'
                    group by window_months, month, segment_type
                ),
                wholes as (
                    select kinds.segment_type, whole.* exclude (segment_type, segment)
                    from batch as whole
                    cross join (select distinct segment_type from parts) as kinds
                    where whole.segment_type = 'all' and whole.starting_accounts > 0
                )
                select window_months, month, segment_type, parts.starting_mrr as parts,
                    whole.starting_mrr as whole
                from wholes as whole
                full join parts using (window_months, month, segment_type)
                where {DIFFERENT}
                """,
            ),
            law(
                "The base of a window is all that closed above 0 at its start.",
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
                "Over one month, churn, contraction and expansion are those of the MRR ledger.",
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
                "Only complete months end a window.",
                """
                select t.window_months, t.month from batch as t
                left join marts.dim_dates as dates on t.month = dates.date_day
                where dates.is_complete_month is distinct from true
                """,
            ),
            law(
                "Retained and paused accounts are part of the base.",
                """
                select window_months, month, segment_type, segment from batch as t
                where retained_accounts + paused_accounts > starting_accounts
                    or least(retained_accounts, paused_accounts, starting_accounts) < 0
                """,
            ),
            law(
                "Verdicts and the leaky bucket are annual notions, given wherever the rate is.",
                """
                select window_months, month, segment_type, segment from batch as t
                where (window_months = 12 and grr is not null) <> (grr_verdict is not null)
                    or (window_months = 12 and nrr is not null) <> (nrr_verdict is not null)
                    or (window_months = 12 and logo_retention is not null)
                        <> (logo_verdict is not null)
                    or (window_months <> 12 and is_leaky_bucket is not null)
                """,
            ),
            law(
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
        "marts.rpt_retention_decomposition",
        (
            unique_key("quarter", "segment_type", "segment"),
            law(
                "GRR is what churn and contraction leave, NRR adds expansion, the drivers sum to"
                " it.",
                f"""
                select quarter, segment_type, segment, grr, nrr, churn_rate, contraction_rate,
                    expansion_rate, expansion_mrr
                from batch as t
                where abs(1 - churn_rate - contraction_rate - grr) > {ROUNDING}
                    or abs(grr + expansion_rate - nrr) > {ROUNDING}
                    or {DRIVERS_SUM} <> expansion_mrr
                """,
            ),
            law(
                "A quarter shows the 12 months that end with it, every segment of them.",
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
            law(
                "Every quarter has its headline.",
                "select quarter, segment_type, segment from batch as t where headline is null",
            ),
        ),
    ),
    Suite(
        "marts.rpt_leakage_points",
        (
            unique_key("rank"),
            law(
                "Ranks count from 1 by falling loss.",
                """
                select rank, lost_mrr from batch as t
                qualify rank <> row_number() over (order by rank)
                    or lost_mrr > lag(lost_mrr) over (order by rank) or lost_mrr <= 0
                """,
            ),
            law(
                "Each segmentation's leaks are all the churn and contraction of the latest 12"
                " months, and their shares sum to 1.",
                f"""
                with
                leaks as (
                    select tier_scheme, sum(lost_mrr) as lost_mrr, sum(share_of_lost) as shares
                    from batch as t group by tier_scheme
                ),
                latest as (
                    select churn_mrr + contraction_mrr as lost_mrr from marts.fct_retention
                    where window_months = 12 and segment_type = 'all'
                    qualify month = max(month) over ()
                )
                select leaks.tier_scheme, leaks.lost_mrr, latest.lost_mrr, leaks.shares
                from leaks full join latest on true
                where coalesce(leaks.lost_mrr, 0) <> coalesce(latest.lost_mrr, 0)
                    or abs(leaks.shares - 1) > {ROUNDING}
                """,
            ),
        ),
    ),
)
