"""Segments: they cover who pays, agree with the ledger, and change only where a transition says."""

from expectations.suite import LARGE_BASE, Suite, law, unique_key

SCHEMES = ("arr_tier", "touch_tier", "investment_tier")
LARGEST_STRATEGIC_SHARE = 0.5  # a tier of the top few that holds half of all is none
LARGEST_SHARE_CHANGING = 0.5  # within a month; tiers are there to be stable
TIERS = " union all ".join(
    f"select account_id, month, '{scheme}' as scheme, {scheme} as tier"
    " from marts.fct_account_segments"
    for scheme in SCHEMES
)

SUITES = (
    Suite(
        "marts.fct_account_segments",
        (
            unique_key("account_id", "month"),
            law(
                "Segments cover who pays: every account in every month that it closes above 0, and"
                " no other.",
                """
                select account_id, month, ledger.closing_mrr
                from batch as t
                full join (select * from marts.fct_mrr_monthly where is_active) as ledger
                    using (account_id, month)
                where ledger.closing_mrr is null or t.touch_score is null
                """,
            ),
            law(
                "Every customer has a tier of each scheme; MRR, ARR and ARR tier are those of the"
                " MRR ledger.",
                """
                select account_id, month, t.mrr, t.arr_tier, t.touch_tier, t.investment_tier
                from batch as t inner join marts.fct_mrr_monthly as ledger using (account_id, month)
                where t.mrr is distinct from ledger.closing_mrr
                    or t.arr is distinct from ledger.arr
                    or t.arr_tier is distinct from ledger.arr_tier
                    or t.arr_tier is null or t.touch_tier is null or t.investment_tier is null
                """,
            ),
            law(
                "A touch score lies within 0 and 100, a fit within 0 and 10; a strategic account is"
                " high-touch.",
                """
                select account_id, month, touch_score, icp_fit_score, touch_tier from batch as t
                where not touch_score between 0 and 100 or not icp_fit_score between 0 and 10
                    or (is_strategic and touch_tier <> 'high_touch')
                """,
            ),
            law(
                "Who is covered in another tier than its own is upgraded for a time, and never"
                " from the highest.",
                """
                select account_id, month, touch_tier, effective_touch_tier from batch as t
                where is_temporary_upgrade is distinct from (effective_touch_tier <> touch_tier)
                    or (touch_tier, effective_touch_tier) in (
                        ('high_touch', 'low_touch'), ('high_touch', 'tech_touch'),
                        ('low_touch', 'tech_touch'), ('tech_touch', 'high_touch')
                    )
                """,
            ),
            law(
                "Where a touch tier is not that of the score, it was the account's before.",
                """
                select account_id, month, raw_touch_tier, touch_tier
                from (
                    select *, lag(touch_tier) over (partition by account_id order by month)
                        as tier_before
                    from batch as t
                )
                where touch_tier <> raw_touch_tier and not is_strategic
                    and touch_tier is distinct from tier_before
                """,
            ),
            law(
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
        "marts.fct_segment_transitions",
        (
            unique_key("account_id", "month", "scheme"),
            law(
                "A transition is a change of tier from one paying month to the next, and every"
                " change has one.",
                f"""
                with changes as (
                    select account_id, month, scheme, tier,
                        lag(tier) over (partition by account_id, scheme order by month) as before
                    from ({TIERS})
                    qualify tier <> before
                )
                select account_id, month, scheme, t.from_tier, t.to_tier, before, tier
                from batch as t full join changes using (account_id, month, scheme)
                where t.from_tier is distinct from before or t.to_tier is distinct from tier
                """,
            ),
            law(
                "The account's last transition of a scheme stands while it pays, and no other"
                " does.",
                f"""
                with today as (
                    select * from ({TIERS})
                    where month = (select max(month) from marts.fct_mrr_monthly)
                )
                select account_id, t.month, scheme, t.to_tier, today.tier, t.is_standing
                from (
                    select *, max(month) over (partition by account_id, scheme) as last_month
                    from batch
                ) as t
                left join today using (account_id, scheme)
                where t.is_standing <> (t.month = t.last_month and today.tier is not null)
                    or (t.is_standing and t.to_tier <> today.tier)
                """,
            ),
            law(
                f"Of {LARGE_BASE} customers or more, at most {LARGEST_SHARE_CHANGING:.0%} change"
                " their touch tier within a month.",
                f"""
                with customers as (
                    select month, count(*) as accounts from marts.fct_account_segments
                    group by month
                )
                select month, count(*) as changing, any_value(accounts) as accounts
                from batch as t inner join customers using (month)
                where scheme = 'touch_tier'
                group by month
                having any_value(accounts) >= {LARGE_BASE}
                    and count(*) > any_value(accounts) * {LARGEST_SHARE_CHANGING}
                """,
            ),
        ),
    ),
)
