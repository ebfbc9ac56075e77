-- The seniorities that wait too long for a touch, highest first, as a list in words.
with

levels as (
    select * from {{ ref('int_stakeholder_levels') }}
),

labels as (
    select * from {{ ref('policy_labels') }}
),

worded as (
    select
        levels.account_id,
        levels.seniority,
        levels.is_overdue,
        case
            when not levels.is_overdue then ''
            when levels.seniority = 'c_level' then ', ' || labels.label
            else ', ' || lower(labels.label)
        end as words
    from levels
    left join labels
        on levels.seniority = labels.code
        and labels.domain = 'seniority'
),

final as (
    select
        worded.account_id,
        count_if(worded.is_overdue) as overdue_levels,
        nullif(substring(
            ''
            {% for seniority in ['c_level', 'vp', 'director', 'manager', 'user'] %}
            || coalesce(max(case when worded.seniority = '{{ seniority }}' then worded.words end), '')
            {% endfor %},
            3
        ), '') as levels_overdue
    from worded
    group by worded.account_id
)

select * from final
