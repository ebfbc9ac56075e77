-- A healthy account that recommends us in NPS answers or in public, and has achieved an objective with us.
with

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

recommendations as (
    select * from {{ ref('int_recommendations') }}
),

success_objectives as (
    select * from {{ ref('stg_crm__success_objectives') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

first_results as (
    select
        success_objectives.account_id,
        min(success_objectives.achieved_on) as achieved_on
    from success_objectives
    where success_objectives.achieved_on is not null
    group by success_objectives.account_id
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
        end || ', first objective achieved on ' || cast(first_results.achieved_on as string) as evidence
    from health_statuses
    inner join playbooks
        on playbooks.playbook = 'advocacy'
        and health_statuses.evidenced_score >= playbooks.closes_at
    inner join recommendations
        on health_statuses.snapshot_date = recommendations.snapshot_date
        and health_statuses.account_id = recommendations.account_id
    inner join first_results
        on health_statuses.account_id = first_results.account_id
        and health_statuses.snapshot_date >= first_results.achieved_on
    where recommendations.is_recommending
)

select * from final
