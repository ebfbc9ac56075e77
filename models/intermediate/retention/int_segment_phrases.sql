-- How a sentence speaks of a segment's customers.
with

segments as (
    select * from {{ ref('int_account_segments_monthly') }}
),

team_members as (
    select * from {{ ref('stg_crm__team_members') }}
),

distinct_segments as (
    select distinct
        segments.segment_type,
        segments.segment
    from segments
),

final as (
    select
        distinct_segments.segment_type,
        distinct_segments.segment,
        case
            when distinct_segments.segment_type = 'all' then 'we'
            when distinct_segments.segment = '(none)' then 'customers without ' || replace(distinct_segments.segment_type, '_', ' ')
            when distinct_segments.segment_type = 'touch_tier' then replace(distinct_segments.segment, '_', '-') || ' customers'
            when distinct_segments.segment_type = 'arr_tier' then 'customers of the ' || replace(distinct_segments.segment, '_', '-') || ' ARR tier'
            when distinct_segments.segment_type = 'investment_tier'
                then 'customers of the ' || replace(distinct_segments.segment, '_', '-') || ' investment tier'
            when distinct_segments.segment_type = 'plan' then 'customers on ' || distinct_segments.segment
            when distinct_segments.segment_type = 'csm' then 'the customers of ' || coalesce(team_members.member_name, distinct_segments.segment)
            when distinct_segments.segment_type = 'cohort_quarter'
                then 'customers won in Q' || cast(extract(quarter from try_cast(distinct_segments.segment as date)) as string)
                    || ' ' || substring(distinct_segments.segment, 1, 4)
            else 'customers in ' || distinct_segments.segment
        end as customers
    from distinct_segments
    left join team_members
        on distinct_segments.segment_type = 'csm'
        and distinct_segments.segment = team_members.member_id
)

select * from final
