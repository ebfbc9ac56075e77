"""Segmentation: tiers change only where a transition says so."""

from expectations.suite import LARGE_BASE, Suite, band, law

LARGEST_SHARE_CHANGING = 0.5  # within a month; tiers are there to be stable
TIERS = " union all ".join(
    f"select account_id, month, '{scheme}' as scheme, {scheme} as tier"
    " from marts.fct_account_segments"
    for scheme in ("arr_tier", "touch_tier", "investment_tier")
)

SUITES = (
    Suite(
        "marts.fct_segment_transitions",
        (
            law(
                "A transition is a change of tier between two months of fct_account_segments, and"
                " every change has one.",
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
                "An account's last transition of a scheme is in force while the account pays in"
                " the latest month of fct_account_segments, and no other is.",
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
            band(
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
