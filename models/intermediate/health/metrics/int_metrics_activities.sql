with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

activities as (
    select * from {{ ref('int_activities_known') }}
),

metrics as (
    select * from {{ ref('policy_health_metrics') }}
),

windows as (
    select
        max(case when metrics.metric = 'meeting_attendance' then metrics.window_days end) as meeting_days,
        max(case when metrics.metric = 'training_attendance' then metrics.window_days end) as training_days,
        max(case when metrics.metric = 'community_participation' then metrics.window_days end) as community_days,
        max(case when metrics.metric = 'email_engagement' then metrics.window_days end) as email_days
    from metrics
),

-- Participation counts from the company's first record of it. Before, it is unknown.
company as (
    select
        min(case when activities.kind = 'community' then activities.known_on end) as community_from,
        min(case when activities.kind = 'email' then activities.known_on end) as email_from
    from activities
    where activities.status = 'completed'
        and activities.completed_on is not null
),

counted as (
    select
        customers.snapshot_date,
        customers.account_id,
        {% for kind in ['meeting', 'training'] %}
        count_if(
            activities.kind = '{{ kind }}' and activities.status in ('completed', 'no_show', 'canceled')
            and {{ in_window('activities.scheduled_on', 'customers.snapshot_date', 'windows.' ~ kind ~ '_days') }}
        ) as {{ kind }}s_held,
        count_if(
            activities.kind = '{{ kind }}' and activities.status = 'completed'
            and {{ in_window('activities.scheduled_on', 'customers.snapshot_date', 'windows.' ~ kind ~ '_days') }}
        ) as {{ kind }}s_attended,
        {% endfor %}
        count_if(
            activities.kind = 'community' and activities.status = 'completed'
            and {{ in_window('activities.completed_on', 'customers.snapshot_date', 'windows.community_days') }}
        ) as community_count,
        count_if(
            activities.kind = 'email' and activities.status = 'completed'
            and {{ in_window('activities.completed_on', 'customers.snapshot_date', 'windows.email_days') }}
        ) as email_count
    from customers
    cross join windows
    left join activities
        on customers.account_id = activities.account_id
        and customers.snapshot_date >= activities.known_on
    group by customers.snapshot_date, customers.account_id
),

-- For an account without activities count_if() reads only nulls and returns null.
measured as (
    select
        counted.snapshot_date,
        counted.account_id,
        cast(counted.meetings_attended as double) / nullif(counted.meetings_held, 0) as meeting_attendance,
        cast(counted.trainings_attended as double) / nullif(counted.trainings_held, 0) as training_attendance,
        case
            when company.community_from <= counted.snapshot_date then coalesce(counted.community_count, 0)
        end as community_participation,
        case
            when company.email_from <= counted.snapshot_date then coalesce(counted.email_count, 0)
        end as email_engagement
    from counted
    cross join company
),

final as (
    {{ metric_rows('measured', [
        'meeting_attendance', 'training_attendance', 'community_participation', 'email_engagement',
    ]) }}
)

select * from final
