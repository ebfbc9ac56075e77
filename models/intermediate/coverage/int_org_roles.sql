-- A role is due while one of its triggers is met. Its value is that of the trigger that is nearest or furthest past.
with

sizes as (
    select * from {{ ref('int_org_sizes') }}
),

triggers as (
    select * from {{ ref('policy_org_role_triggers') }}
),

questions as (
    select * from {{ ref('policy_org_questions') }}
),

team_members as (
    select * from {{ ref('int_team_members_known') }}
),

measured as (
    select
        triggers.question,
        triggers.measure,
        triggers.min_value,
        sizes.measured_on,
        sizes.is_current,
        case triggers.measure when 'customers' then sizes.customers else sizes.csms end as size
    from triggers
    cross join sizes
),

dates as (
    select
        measured.question,
        measured.measured_on,
        max(case when measured.size >= measured.min_value then 1 else 0 end) = 1 as is_met
    from measured
    group by measured.question, measured.measured_on
),

runs as (
    select
        dates.question,
        max(case when not dates.is_met then dates.measured_on end) as last_unmet_on
    from dates
    group by dates.question
),

met as (
    select
        dates.question,
        min(dates.measured_on) as met_since
    from dates
    inner join runs
        on dates.question = runs.question
        and dates.measured_on > coalesce(runs.last_unmet_on, cast('1900-01-01' as date))
    group by dates.question
),

today as (
    select
        measured.*,
        case measured.measure when 'customers' then 'customers' else 'CSMs' end as unit,
        row_number() over (
            partition by measured.question
            order by
                case when measured.size is null then 1 else 0 end,
                cast(measured.size as double) / measured.min_value desc,
                measured.measure desc
        ) as nearness
    from measured
    where measured.is_current
),

ranges as (
    select
        today.question,
        max(case when today.measure = 'customers' then today.min_value end) as customers,
        max(case when today.measure = 'csms' then today.min_value end) as csms
    from today
    group by today.question
),

people as (
    select
        questions.question,
        count(team_members.member_id) as people
    from questions
    left join team_members
        on ' ' || questions.filled_by || ' ' like '% ' || team_members.role || ' %'
        and team_members.is_active
    where questions.topic = 'role'
        and questions.filled_by is not null
    group by questions.question
),

final as (
    select
        today.question,
        cast(today.size as double) as value,
        today.unit,
        cast(today.min_value as double) as range_low,
        'from '
        || coalesce({{ number_text('ranges.customers') }} || ' customers', '')
        || case when ranges.customers is not null and ranges.csms is not null then ' or ' else '' end
        || coalesce({{ number_text('ranges.csms') }} || ' CSMs', '') as display_range,
        met.met_since,
        people.people,
        case
            when people.people > 0 and met.met_since is not null then 'in_place'
            when people.people > 0 then 'early'
            when met.met_since is not null and people.people is null then 'unrecorded'
            when met.met_since is not null then 'due'
            when today.size is not null then 'not_due'
        end as verdict
    from today
    inner join ranges
        on today.question = ranges.question
    left join met
        on today.question = met.question
    left join people
        on today.question = people.question
    where today.nearness = 1
)

select * from final
