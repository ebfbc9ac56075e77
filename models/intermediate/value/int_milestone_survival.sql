-- The share of journeys that still wait after a number of days, by segment and cohort.
{% set segments = {
    'all': "'all'",
    'arr_tier': 'milestones.arr_tier',
    'touch_tier': 'milestones.touch_tier',
    'investment_tier': 'milestones.investment_tier',
} %}
with

milestones as (
    select * from {{ ref('int_milestones_reached') }}
),

segmented as (
    {% for segment_type, segment in segments.items() %}
    {% for cohort in ['cast(milestones.cohort_quarter as string)', "'all'"] %}
    select
        '{{ segment_type }}' as segment_type,
        coalesce({{ segment }}, '(none)') as segment,
        {{ cohort }} as cohort,
        milestones.milestone,
        milestones.days,
        milestones.is_reached,
        milestones.has_left_before
    from milestones
    {{ 'union all' if not loop.last }}
    {% endfor %}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

{{ survival('segmented', ['segment_type', 'segment', 'cohort', 'milestone']) }},

final as (
    select
        survived.segment_type,
        survived.segment,
        survived.cohort,
        survived.milestone,
        survived.days,
        survived.at_risk,
        survived.ended,
        survived.reached,
        survived.left_before,
        survived.still_waiting
    from survived
)

select * from final
