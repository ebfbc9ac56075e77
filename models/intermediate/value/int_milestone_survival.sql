-- The Kaplan-Meier share of journeys that still wait after a number of days. Journeys that left or wait count for as
-- long as they were observed. A median of the arrived ones would flatter every young cohort.
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

by_day as (
    select
        segmented.segment_type,
        segmented.segment,
        segmented.cohort,
        segmented.milestone,
        segmented.days,
        count(*) as ended,
        count(*) filter (where segmented.is_reached) as reached,
        count(*) filter (where segmented.has_left_before) as left_before
    from segmented
    group by segmented.segment_type, segmented.segment, segmented.cohort, segmented.milestone, segmented.days
),

waiting as (
    select
        by_day.*,
        sum(by_day.ended) over (
            partition by by_day.segment_type, by_day.segment, by_day.cohort, by_day.milestone
            order by by_day.days desc
            rows between unbounded preceding and current row
        ) as at_risk
    from by_day
),

-- A product of shares, as the exponential of a sum. Once no journey waits it is 0.
shares as (
    select
        waiting.*,
        case
            when waiting.reached < waiting.at_risk then ln(1 - cast(waiting.reached as double) / waiting.at_risk)
        end as log_share
    from waiting
),

products as (
    select
        shares.*,
        exp(sum(shares.log_share) over (
            partition by shares.segment_type, shares.segment, shares.cohort, shares.milestone
            order by shares.days
            rows between unbounded preceding and current row
        )) as product
    from shares
),

-- Rounded, so that half of four is exactly half.
final as (
    select
        products.segment_type,
        products.segment,
        products.cohort,
        products.milestone,
        products.days,
        products.at_risk,
        products.ended,
        products.reached,
        products.left_before,
        case when products.log_share is null then 0 else round(products.product, 9) end as still_waiting
    from products
)

select * from final
