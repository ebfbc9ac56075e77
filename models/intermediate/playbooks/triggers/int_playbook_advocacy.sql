-- A healthy account that recommends us in NPS answers or in public.
with

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

recommendations as (
    select * from {{ ref('int_recommendations') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

final as (
    select
        health_statuses.snapshot_date,
        health_statuses.account_id,
        playbooks.playbook,
        health_statuses.evidenced_score >= playbooks.opens_at as is_opening,
        cast(null as date) as event_on,
        case
            when recommendations.is_recommended_in_answers
                then 'healthy, mean NPS answer ' || {{ number_text('recommendations.nps_mean', 1) }}
            else 'healthy, advocates in public'
        end as evidence
    from health_statuses
    inner join playbooks
        on playbooks.playbook = 'advocacy'
        and health_statuses.evidenced_score >= playbooks.closes_at
    inner join recommendations
        on health_statuses.snapshot_date = recommendations.snapshot_date
        and health_statuses.account_id = recommendations.account_id
    where recommendations.is_recommending
)

select * from final
