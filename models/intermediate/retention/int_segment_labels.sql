-- The name of a segment for readers: a CSM's name, a plan's name, else the segment itself.
with

segments as (
    select * from {{ ref('int_account_segments_monthly') }}
),

team_members as (
    select * from {{ ref('stg_crm__team_members') }}
),

plans as (
    select * from {{ ref('stg_billing__plans') }}
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
        coalesce(team_members.member_name, plans.plan_name, distinct_segments.segment) as segment_label
    from distinct_segments
    left join team_members
        on distinct_segments.segment_type = 'csm'
        and distinct_segments.segment = team_members.member_id
    left join plans
        on distinct_segments.segment_type = 'plan'
        and distinct_segments.segment = plans.plan_id
)

select * from final
