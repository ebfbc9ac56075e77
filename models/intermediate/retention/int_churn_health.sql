-- How an account that left had stood, under the scheme in use: on the last month-end with a score before it left, and on the
-- last one at least a quarter ahead. In a pause before the end there is none.
with

churns as (
    select * from {{ ref('int_churns') }}
),

scores as (
    select * from {{ ref('int_health_scores') }}
),

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

month_end_scores as (
    select
        scores.account_id,
        scores.snapshot_date,
        scores.health_score
    from scores
    inner join snapshot_dates
        on scores.snapshot_date = snapshot_dates.snapshot_date
    where snapshot_dates.is_month_end
        and scores.scheme = '{{ var("health_scheme") }}'
        and scores.health_score is not null
),

final as (
    select
        churns.account_id,
        churns.churned_month,
        max_by(month_end_scores.health_score, month_end_scores.snapshot_date) as health_score_at_churn,
        max_by(month_end_scores.health_score, month_end_scores.snapshot_date) filter (
            where month_end_scores.snapshot_date <= {{ add_days('churns.churned_on', '-settings.validation_horizon_days') }}
        ) as health_score_90d_before
    from churns
    cross join settings
    left join month_end_scores
        on churns.account_id = month_end_scores.account_id
        and churns.churned_on > month_end_scores.snapshot_date
    group by churns.account_id, churns.churned_month
)

select * from final
