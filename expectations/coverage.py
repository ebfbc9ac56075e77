"""Coverage: every customer is in one book and one tier, and who is short of people is told so."""

from expectations.suite import Suite, law, unique_key

SUITES = (
    Suite(
        "marts.rpt_coverage_capacity",
        (
            unique_key("investment_tier"),
            law(
                "The accounts and the ARR of the investment tiers are those of all who pay.",
                """
                select whole.accounts, parts.accounts as in_tiers, whole.arr, parts.arr as arr_in
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
                "Who is to hire says why, and needs more CSMs than it has.",
                """
                select investment_tier, should_hire, hire_reason, required_csms,
                    effective_csm_count
                from batch as t
                where should_hire <> (hire_reason is not null)
                    or (should_hire and effective_csm_count >= required_csms)
                """,
            ),
            law(
                "No CSM counts more than whole, and none stands in two tiers.",
                """
                select sum(csm_count) as csms, sum(effective_csm_count) as effective, counted.csms
                from batch as t
                cross join (
                    select count(*) as csms from marts.rpt_csm_books
                    where ramped_share is not null
                ) as counted
                group by counted.csms
                having sum(effective_csm_count) > sum(csm_count)
                    or sum(csm_count) <> counted.csms
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_csm_books",
        (
            unique_key("csm_id"),
            law(
                "The books hold all who pay, each account in that of its CSM.",
                """
                select csm_id, t.accounts, t.arr, owned.accounts as owned, owned.arr as owned_arr
                from batch as t
                full join (
                    select coalesce(csm_id, 'unassigned') as csm_id, count(*) as accounts,
                        sum(arr) as arr
                    from marts.dim_accounts where mrr > 0 group by 1
                ) as owned using (csm_id)
                where t.accounts is distinct from coalesce(owned.accounts, 0)
                    or t.arr is distinct from coalesce(owned.arr, 0)
                """,
            ),
            law(
                "The health statuses of a book sum to its accounts; what is at risk or up for"
                " renewal is part of it.",
                """
                select csm_id, accounts, arr, at_risk_arr, renewals_90d, renewals_90d_arr
                from batch as t
                where accounts <> healthy_accounts + stable_accounts + at_risk_accounts
                        + critical_accounts + emergency_accounts + unscored_accounts
                    or at_risk_arr > arr or renewals_90d > accounts or renewals_90d_arr > arr
                """,
            ),
            law(
                "A book's retention is that of its CSM.",
                """
                select csm_id, book_grr, book_nrr, retained.grr, retained.nrr
                from batch as t
                inner join marts.fct_retention as retained
                    on retained.segment_type = 'csm' and retained.window_months = 12
                    and retained.segment = case when csm_id = 'unassigned' then '(none)'
                        else csm_id end
                    and retained.month = (select last_complete_month
                        from intermediate.int_run_context)
                where book_grr is distinct from retained.grr
                    or book_nrr is distinct from retained.nrr
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_segment_performance",
        (
            unique_key("tier_scheme", "tier"),
            law(
                "The tiers of every scheme hold all who pay, and their shares sum to 1.",
                """
                select tier_scheme, sum(t.accounts) as accounts, sum(t.arr) as arr,
                    any_value(whole.accounts) as all_accounts, any_value(whole.arr) as all_arr
                from batch as t
                cross join (
                    select count(*) as accounts, coalesce(sum(arr), 0) as arr
                    from marts.dim_accounts where mrr > 0
                ) as whole
                group by tier_scheme
                having sum(t.accounts) <> any_value(whole.accounts)
                    or sum(t.arr) <> any_value(whole.arr)
                    or abs(sum(share_of_accounts) - 1) > 1e-9
                    or abs(sum(share_of_arr) - 1) > 1e-9
                """,
            ),
            law(
                "The health of a tier's accounts is healthy, stable, at risk, critical, emergency"
                " or unscored, and nothing else.",
                """
                select tier_scheme, tier, accounts, healthy_share from batch as t
                where abs(healthy_share + stable_share + at_risk_share + critical_share
                        + emergency_share + unscored_share - 1) > 1e-9
                    or (accounts = 0) <> (healthy_share is null)
                """,
            ),
            law(
                "Serving every scheme's tiers costs the same in all.",
                """
                select count(distinct cost) as costs
                from (
                    select tier_scheme, coalesce(sum(cost_to_serve), 0) as cost
                    from batch as t group by tier_scheme
                )
                having count(distinct cost) > 1
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_account_review",
        (
            unique_key("account_id"),
            law(
                "Only who pays is reviewed, by its ARR, and with words for why.",
                """
                select account_id, criteria_met, action, reasons, accounts.mrr
                from batch as t left join marts.dim_accounts as accounts using (account_id)
                where not coalesce(accounts.mrr > 0, false) or trim(coalesce(reasons, '')) = ''
                    or criteria_met < 1 or t.arr <> accounts.arr
                """,
            ),
        ),
    ),
)
