-- The name of a segment for readers: a CSM's name, a plan's name, the range of an ARR tier, else the segment itself.
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

arr_tier_cuts as (
    select * from {{ ref('policy_arr_tier_cuts') }}
),

distinct_segments as (
    select distinct
        segments.segment_type,
        segments.segment
    from segments
),

arr_ranges as (
    select
        arr_tier_cuts.tier,
        {{ arr_range_text('arr_tier_cuts') }} as arr_range
    from arr_tier_cuts
    where arr_tier_cuts.scheme = {{ quoted_text(var("arr_tier_scheme")) }}
),

final as (
    select
        distinct_segments.segment_type,
        distinct_segments.segment,
        coalesce(
            team_members.member_name, plans.plan_name, arr_ranges.arr_range, distinct_segments.segment
        ) as segment_label
    from distinct_segments
    left join team_members
        on distinct_segments.segment_type = 'csm'
        and distinct_segments.segment = team_members.member_id
    left join plans
        on distinct_segments.segment_type = 'plan'
        and distinct_segments.segment = plans.plan_id
    left join arr_ranges
        on distinct_segments.segment_type = 'arr_tier'
        and distinct_segments.segment = arr_ranges.tier
)

select * from final
