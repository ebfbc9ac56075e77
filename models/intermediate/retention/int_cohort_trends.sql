-- A trend shows whether newer customers stay longer. It is the slope of GRR at one age over the latest quarterly
-- cohorts that had reached the age by a quarter's end, and counts only beyond what chance makes of it.
with

cohort_retention as (
    select * from {{ ref('int_cohort_retention') }}
),

months as (
    select * from {{ ref('int_months') }}
),

flags as (
    select * from {{ ref('policy_retention_flags') }}
),

compared as (
    select
        cohort_retention.segment_type,
        cohort_retention.segment,
        months.month as end_month,
        extract(year from cohort_retention.cohort) * 4 + extract(quarter from cohort_retention.cohort) as cohort_number,
        cohort_retention.cohort_accounts,
        cohort_retention.grr,
        row_number() over (
            partition by cohort_retention.segment_type, cohort_retention.segment, months.month
            order by cohort_retention.cohort desc
        ) as cohorts_back
    from cohort_retention
    inner join months
        on cohort_retention.reached_month <= months.month
    cross join flags
    where cohort_retention.cohort_grain = 'quarter'
        and cohort_retention.age_months = flags.cohort_trend_age_months
        and months.is_complete_month
        and extract(month from months.month) in (3, 6, 9, 12)
),

slopes as (
    select
        compared.segment_type,
        compared.segment,
        compared.end_month,
        count(*) as cohorts,
        round(regr_slope(compared.grr, cast(compared.cohort_number as double)), 9) as grr_slope,
        regr_sxx(compared.grr, cast(compared.cohort_number as double)) as spread,
        regr_syy(compared.grr, cast(compared.cohort_number as double)) as grr_spread
    from compared
    cross join flags
    where compared.cohorts_back <= flags.cohort_trend_cohorts
        and compared.cohort_accounts >= flags.cohort_trend_min_accounts
    group by compared.segment_type, compared.segment, compared.end_month
),

with_errors as (
    select
        slopes.*,
        -- Least squares: what the line leaves unexplained, over the cohorts less the two numbers that draw it.
        round(
            sqrt(
                greatest(slopes.grr_spread - power(slopes.grr_slope, 2) * slopes.spread, 0)
                / nullif(slopes.cohorts - 2, 0) / nullif(slopes.spread, 0)
            ),
            9
        ) as slope_error
    from slopes
),

final as (
    select
        slopes.segment_type,
        slopes.segment,
        slopes.end_month,
        slopes.cohorts,
        slopes.grr_slope,
        slopes.slope_error,
        case
            when slopes.cohorts < flags.cohort_trend_min_cohorts or slopes.slope_error is null then 'insufficient_data'
            when round(abs(slopes.grr_slope) - flags.cohort_trend_min_errors * slopes.slope_error, 9) <= 0 then 'flat'
            when slopes.grr_slope >= flags.cohort_trend_improving_slope then 'improving'
            when slopes.grr_slope <= flags.cohort_trend_degrading_slope then 'degrading'
            else 'flat'
        end as cohort_trend
    from with_errors as slopes
    cross join flags
)

select * from final
