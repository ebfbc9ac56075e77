"""The scorecard: each figure is that of the mart it comes from, and is judged by its benchmark."""

from expectations.suite import ROUNDING, Suite, law, unique_key

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
        select 'mean_health', avg(health_score) from health
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
            unique_key("figure"),
            law(
                "A figure is that of its mart.",
                f"""
                {OF_MARTS}
                select figure, t.value, of_marts.value as of_mart
                from batch as t inner join of_marts using (figure)
                where coalesce(abs(t.value - of_marts.value) > {ROUNDING}
                    * greatest(1, abs(of_marts.value)),
                    (t.value is null) <> (of_marts.value is null))
                """,
            ),
            law(
                "The shares of the statuses and of the unscored are the whole.",
                f"""
                select sum(value) filter (figure like 'share_%') as shares,
                    max(value) filter (figure = 'health_coverage') as coverage
                from batch as t
                having abs(shares - coverage) > {ROUNDING}
                """,
            ),
            law(
                "A change is the difference of two values, and a benchmark has its word.",
                f"""
                select figure, value, previous_value, change, good, assessment from batch as t
                where coalesce(abs(change - (value - previous_value)) > {ROUNDING},
                    (change is null) <> (value is null or previous_value is null))
                    or (assessment is null and good is not null and value is not null)
                """,
            ),
        ),
    ),
)
