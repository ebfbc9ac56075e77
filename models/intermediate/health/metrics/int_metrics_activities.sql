with

customers as (
    select * from {{ ref('int_account_mrr_dated') }}
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

-- Taking part is counted once anyone was seen to: before, the company does not record it.
company as (
    select
        min(case when activities.kind = 'community' then activities.completed_on end) as community_from,
        min(case when activities.kind = 'email' then activities.completed_on end) as email_from
    from activities
    where activities.status = 'completed'
),

-- count_if() of nothing but nulls is null, and of an account without activities there is nothing else.
counted as (
    select
        customers.snapshot_date,
        customers.account_id,
        {% for kind in ['meeting', 'training'] %}
        count(*) filter (
            where activities.kind = '{{ kind }}' and activities.status in ('completed', 'no_show', 'canceled')
                and {{ in_window('activities.scheduled_on', 'customers.snapshot_date', 'windows.' ~ kind ~ '_days') }}
        ) as {{ kind }}s_held,
        count(*) filter (
            where activities.kind = '{{ kind }}' and activities.status = 'completed'
                and {{ in_window('activities.scheduled_on', 'customers.snapshot_date', 'windows.' ~ kind ~ '_days') }}
        ) as {{ kind }}s_attended,
        {% endfor %}
        {% for kind in ['community', 'email'] %}
        count(*) filter (
            where activities.kind = '{{ kind }}' and activities.status = 'completed'
                and {{ in_window('activities.completed_on', 'customers.snapshot_date', 'windows.' ~ kind ~ '_days') }}
        ) as {{ kind }}_count{{ ',' if not loop.last }}
        {% endfor %}
    from customers
    cross join windows
    left join activities
        on customers.account_id = activities.account_id
        and customers.snapshot_date >= activities.known_on
    group by customers.snapshot_date, customers.account_id
),

measured as (
    select
        counted.snapshot_date,
        counted.account_id,
        cast(counted.meetings_attended as double) / nullif(counted.meetings_held, 0) as meeting_attendance,
        cast(counted.trainings_attended as double) / nullif(counted.trainings_held, 0) as training_attendance,
        case when company.community_from <= counted.snapshot_date then counted.community_count end as community_participation,
        case when company.email_from <= counted.snapshot_date then counted.email_count end as email_engagement
    from counted
    cross join company
),

final as (
    {{ metric_rows('measured', ['meeting_attendance', 'training_attendance', 'community_participation', 'email_engagement']) }}
)

select * from final
