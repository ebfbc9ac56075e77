-- A condition is judged on Sundays and month-ends. as_of_date is a look in between, unless it is one of them.
{% set playbooks = ['at_risk', 'low_adoption', 'expansion', 'advocacy', 're_engagement', 'downgrade_review'] %}
with

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

{% for playbook in playbooks %}
{{ playbook }} as (
    select * from {{ ref('int_playbook_' ~ playbook) }}
),

{% endfor %}
holding as (
    {% for playbook in playbooks %}
    select
        {{ playbook }}.snapshot_date,
        {{ playbook }}.account_id,
        {{ playbook }}.playbook,
        {{ playbook }}.is_opening,
        {{ playbook }}.event_on,
        {{ playbook }}.evidence
    from {{ playbook }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

dates as (
    select
        snapshot_dates.snapshot_date,
        snapshot_dates.is_month_end or snapshot_dates.is_sunday as is_judged,
        row_number() over (order by snapshot_dates.snapshot_date) as date_number,
        lag(snapshot_dates.snapshot_date) over (order by snapshot_dates.snapshot_date) as previous_date
    from snapshot_dates
),

final as (
    select
        holding.account_id,
        holding.playbook,
        holding.snapshot_date,
        dates.date_number,
        dates.is_judged,
        holding.is_opening,
        -- An event is seen on the first date after it.
        case
            when holding.event_on > coalesce(dates.previous_date, cast('1900-01-01' as date)) then holding.event_on
            when holding.event_on is not null then holding.snapshot_date
        end as event_on,
        holding.evidence
    from holding
    inner join dates
        on holding.snapshot_date = dates.snapshot_date
)

select * from final
