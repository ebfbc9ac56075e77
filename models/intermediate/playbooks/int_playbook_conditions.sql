-- A condition is judged on Sundays and month-ends. It opens on the first on which it holds, or on the day of an event
-- since the date before, and closes on the first on which it fails. If it holds only on as_of_date, it is provisional.
{% set playbooks = ['at_risk', 'low_adoption', 'expansion', 're_engagement'] %}
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

-- Consecutive dates have consecutive numbers, so number minus row number is constant in a stretch.
numbered as (
    select
        holding.*,
        dates.is_judged,
        dates.date_number,
        case
            when holding.event_on > coalesce(dates.previous_date, cast('1900-01-01' as date)) then holding.event_on
        end as new_event_on,
        coalesce(
            dates.date_number
            - lag(dates.date_number) over (
                partition by holding.account_id, holding.playbook
                order by dates.date_number
            ) > 1,
            true
        ) as is_first,
        dates.date_number
        - row_number() over (partition by holding.account_id, holding.playbook order by dates.date_number) as stretch
    from holding
    inner join dates
        on holding.snapshot_date = dates.snapshot_date
),

stretches as (
    select
        numbered.account_id,
        numbered.playbook,
        max(numbered.date_number) + 1 as next_date_number,
        coalesce(
            max(case when numbered.is_first then numbered.new_event_on end), min(numbered.snapshot_date)
        ) as opened_on,
        max(case when numbered.is_first then numbered.evidence end) as evidence,
        max(case when numbered.is_first then numbered.new_event_on end) is null
        and count_if(numbered.is_judged) = 0 as is_provisional
    from numbered
    group by numbered.account_id, numbered.playbook, numbered.stretch
),

final as (
    select
        stretches.account_id,
        stretches.playbook,
        stretches.opened_on,
        dates.snapshot_date as exit_on,
        stretches.is_provisional,
        stretches.evidence
    from stretches
    left join dates
        on stretches.next_date_number = dates.date_number
        and dates.is_judged
)

select * from final
