-- Health of an account before its churn, under the active scheme. Month-ends without enough evidence do not count.
-- Month-ends in a pause before the churn have no score.
{% set horizon_before = add_days('churns.churned_on', '-settings.validation_horizon_days') %}
with

churns as (
    select * from {{ ref('int_churns') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

month_end_scores as (
    select
        health_statuses.account_id,
        health_statuses.snapshot_date,
        health_statuses.evidenced_score
    from health_statuses
    inner join snapshot_dates
        on health_statuses.snapshot_date = snapshot_dates.snapshot_date
    where snapshot_dates.is_month_end
        and health_statuses.evidenced_score is not null
),

scored as (
    select
        churns.account_id,
        churns.churned_month,
        max_by(month_end_scores.evidenced_score, month_end_scores.snapshot_date) as health_score_at_churn,
        max_by(month_end_scores.evidenced_score, month_end_scores.snapshot_date) filter (
            where month_end_scores.snapshot_date <= {{ horizon_before }}
        ) as health_score_90d_before
    from churns
    cross join settings
    left join month_end_scores
        on churns.account_id = month_end_scores.account_id
        and churns.churned_on > month_end_scores.snapshot_date
    group by churns.account_id, churns.churned_month
),

final as (
    select
        scored.account_id,
        scored.churned_month,
        scored.health_score_at_churn,
        scored.health_score_90d_before
    from scored
)

select * from final
