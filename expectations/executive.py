"""The scorecard: each figure is that of the mart it comes from."""

from expectations.suite import ROUNDING, Suite, law

OF_MARTS = """
    with retention as (
        select * from marts.fct_retention
        where window_months = 12 and segment_type = 'all'
        qualify row_number() over (order by month desc) = 1
    ),
    health as (
        select scores.* from marts.fct_health_scores as scores
        where is_active_scheme
            and snapshot_date = (select max(snapshot_date) from marts.fct_health_scores)
    ),
    due as (
        select forecast.* from marts.rpt_renewal_forecast as forecast
        inner join marts.rpt_executive_scorecard as scorecard
            on forecast.quarter = date_trunc('quarter', scorecard.period)
        where forecast.touch_tier = 'all' and scorecard.figure = 'renewals_due'
    ),
    of_marts as (
        select 'nrr' as figure, nrr as value from retention
        union all
        select 'grr', grr from retention
        union all
        select 'logo_retention', logo_retention from retention
        union all
        select 'mean_health', avg(health_score) filter (not is_low_confidence) from health
        union all
        select 'health_coverage', avg(cast(not is_low_confidence as int)) from health
        union all
        select 'mean_evidence', avg(coverage) from health
        union all
        select 'below_stable_accounts', case when count_if(not is_low_confidence) > 0 then
            count_if(health_status in ('at_risk', 'critical', 'emergency')) end from health
        union all
        select 'below_stable_arr', case when count_if(not health.is_low_confidence) > 0 then
            coalesce(sum(accounts.arr) filter (
                health.health_status in ('at_risk', 'critical', 'emergency')
            ), 0) end from health inner join marts.dim_accounts as accounts using (account_id)
        union all
        select 'arr', sum(arr) from marts.dim_accounts where mrr > 0
        union all
        select 'customers', count(*) from marts.dim_accounts where mrr > 0
        union all
        select 'expansion_revenue_rate',
            cast(expansion_mrr as double) / nullif(cast(starting_mrr as double), 0) from retention
        union all
        select 'contraction_rate',
            cast(contraction_mrr as double) / nullif(cast(starting_mrr as double), 0) from retention
        union all
        select 'committed_mrr', sum(committed_mrr) from marts.dim_accounts
        union all
        select 'unused_seats', sum(unused_seats) from marts.dim_accounts
        union all
        select 'unused_seat_mrr', sum(unused_seat_mrr) from marts.dim_accounts
        union all
        select 'expansion_pipeline', sum(if(is_open, amount, 0)) from marts.fct_opportunities
        where opportunity_type not in ('new', 'renewal')
        union all
        select 'expansion_expected', sum(if(is_open, expected_amount, 0))
        from marts.fct_opportunities where opportunity_type not in ('new', 'renewal')
        union all
        select 'renewals_due', renewals from due
        union all
        select 'renewals_secured_arr', secured_arr from due
        union all
        select 'renewals_at_risk_accounts', at_risk_accounts from due
        union all
        select 'renewal_forecast', outlook_arr from due
        union all
        select 'health_auc', validation.auc
        from marts.rpt_health_validation as validation
        inner join policy.policy_health_settings as settings
            on validation.horizon_days = settings.validation_horizon_days
        where validation.is_active_scheme and validation.touch_tier = 'all'
        union all
        select if(survey_type = 'csat', 'csat_percent', survey_type), score
        from marts.rpt_satisfaction
        where period_grain = 'trailing_12m' and touch_tier = 'all'
        qualify row_number() over (partition by survey_type order by period desc) = 1
    )
"""

SUITES = (
    Suite(
        "marts.rpt_executive_scorecard",
        (
            law(
                "Retention is that of fct_retention, and every other figure that of its mart.",
                f"""
                {OF_MARTS}
                select figure, t.value, of_marts.value as of_mart
                from batch as t inner join of_marts using (figure)
                where coalesce(abs(t.value - of_marts.value) > {ROUNDING}
                    * greatest(1, abs(of_marts.value)),
                    (t.value is null) <> (of_marts.value is null))
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_scorecard_history",
        (
            law(
                "The latest month of the history is that of a scorecard of a month-end.",
                f"""
                select figure, t.month, t.value, scorecard.value as of_scorecard
                from batch as t inner join marts.rpt_executive_scorecard as scorecard
                    using (figure)
                where t.touch_tier = 'all' and last_day(t.month) = scorecard.period
                    and abs(t.value - scorecard.value) > {ROUNDING}
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_scorecard_tiers",
        (
            law(
                "All tiers together are those of the scorecard.",
                """
                select figure, t.value, scorecard.value as of_scorecard
                from (select * from batch where touch_tier = 'all') as t
                full join (
                    select * from marts.rpt_executive_scorecard where value is not null
                ) as scorecard using (figure)
                where (t.value, t.display_change, t.period, t.previous_period) is distinct from
                    (scorecard.value, scorecard.display_change, scorecard.period,
                    scorecard.previous_period)
                """,
            ),
            law(
                "A tier at a month's end is that of the history.",
                f"""
                select figure, touch_tier, t.value, history.value as of_history
                from batch as t inner join marts.rpt_scorecard_history as history
                    using (figure, touch_tier)
                where last_day(history.month) = t.period
                    and abs(t.value - history.value) > {ROUNDING}
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_metrics_by_role",
        (
            law(
                "A figure of the scorecard has its value there.",
                """
                select t.role, t.figure, t.value, scorecard.value as of_scorecard
                from batch as t left join marts.rpt_executive_scorecard as scorecard
                    on scorecard.figure = t.scorecard_figure
                where t.scorecard_figure is not null and t.value is distinct from scorecard.value
                """,
            ),
        ),
    ),
    Suite(
        "marts.rpt_org_stage",
        (
            law(
                "A point of retention is 1% of the ARR of rpt_coverage_capacity, and the points"
                " that pay for the team are its cost divided by that.",
                """
                with answers as (
                    select
                        max(value) filter (where question = 'point_value') as point,
                        max(value) filter (where question = 'team_cost') as cost,
                        max(value) filter (where question = 'break_even_points') as points
                    from batch as t
                )
                select answers.*, tiers.arr
                from answers
                cross join (select sum(arr) as arr from marts.rpt_coverage_capacity) as tiers
                where abs(coalesce(point, 0) - coalesce(tiers.arr, 0) / 100) > 0.01
                    or abs(points * point - cost) > 1
                """,
            ),
        ),
    ),
)
