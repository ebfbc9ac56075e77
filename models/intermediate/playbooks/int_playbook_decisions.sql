-- Judgements in a row decide: a condition opens when it has held at enough of them, and closes when it has failed at as
-- many. An event opens it on its day. as_of_date may complete those that open it, provisionally, and closes nothing.
with

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

judgements as (
    select * from {{ ref('int_playbook_judgements') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

dates as (
    select
        snapshot_dates.snapshot_date,
        snapshot_dates.is_month_end or snapshot_dates.is_sunday as is_judged,
        row_number() over (order by snapshot_dates.snapshot_date) as date_number
    from snapshot_dates
),

-- The first date by which judgements that agree since another date are as many, and as far apart, as it takes.
deciding_dates as (
    select
        playbooks.playbook,
        first_dates.date_number as first_number,
        min(dates.date_number) as date_number
    from playbooks
    cross join dates as first_dates
    inner join dates
        on dates.date_number >= first_dates.date_number + playbooks.judgements - 1
        and dates.snapshot_date >= {{ add_days(
            'first_dates.snapshot_date', '(playbooks.judgements - 1) * playbooks.judgement_days'
        ) }}
    group by playbooks.playbook, first_dates.date_number
),

-- Consecutive dates have consecutive numbers, so number minus row number is constant in a row of them.
{% for rows, condition in [('opening_rows', 'where judgements.is_opening'), ('holding_rows', '')] %}
{{ rows }}_numbered as (
    select
        judgements.account_id,
        judgements.playbook,
        judgements.date_number,
        judgements.date_number - row_number() over (
            partition by judgements.account_id, judgements.playbook order by judgements.date_number
        ) as row_key
    from judgements
    {{ condition }}
),

{{ rows }} as (
    select
        {{ rows }}_numbered.account_id,
        {{ rows }}_numbered.playbook,
        min({{ rows }}_numbered.date_number) as first_number,
        max({{ rows }}_numbered.date_number) as last_number,
        lead(min({{ rows }}_numbered.date_number)) over (
            partition by {{ rows }}_numbered.account_id, {{ rows }}_numbered.playbook
            order by min({{ rows }}_numbered.date_number)
        ) as next_number
    from {{ rows }}_numbered
    group by {{ rows }}_numbered.account_id, {{ rows }}_numbered.playbook, {{ rows }}_numbered.row_key
),

{% endfor %}
openings as (
    select
        judgements.account_id,
        judgements.playbook,
        judgements.date_number,
        coalesce(judgements.event_on, judgements.snapshot_date) as decided_on,
        judgements.event_on is null and not judgements.is_judged as is_provisional,
        judgements.evidence
    from judgements
    left join opening_rows
        on judgements.account_id = opening_rows.account_id
        and judgements.playbook = opening_rows.playbook
        and judgements.date_number between opening_rows.first_number and opening_rows.last_number
    left join deciding_dates
        on opening_rows.playbook = deciding_dates.playbook
        and opening_rows.first_number = deciding_dates.first_number
    where judgements.event_on is not null
        or judgements.date_number = deciding_dates.date_number
),

closings as (
    select
        holding_rows.account_id,
        holding_rows.playbook,
        dates.date_number,
        dates.snapshot_date as decided_on
    from holding_rows
    inner join deciding_dates
        on holding_rows.playbook = deciding_dates.playbook
        and holding_rows.last_number + 1 = deciding_dates.first_number
        and coalesce(holding_rows.next_number > deciding_dates.date_number, true)
    inner join dates
        on deciding_dates.date_number = dates.date_number
        and dates.is_judged
),

final as (
    select
        openings.account_id,
        openings.playbook,
        openings.date_number,
        true as is_opening,
        openings.decided_on,
        openings.is_provisional,
        openings.evidence
    from openings
    union all
    select
        closings.account_id,
        closings.playbook,
        closings.date_number,
        false as is_opening,
        closings.decided_on,
        false as is_provisional,
        cast(null as string) as evidence
    from closings
)

select * from final
