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
        select 'at_risk_accounts',
            count_if(health_status in ('at_risk', 'critical', 'emergency')) from health
        union all
        select 'at_risk_arr', coalesce(sum(accounts.arr) filter (
            health.health_status in ('at_risk', 'critical', 'emergency')
        ), 0) from health inner join marts.dim_accounts as accounts using (account_id)
    )
"""

SUITES = (
    Suite(
        "marts.rpt_executive_scorecard",
        (
            law(
                "Retention is that of fct_retention, health and risk are those of fct_health_scores"
                " and dim_accounts.",
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
)
