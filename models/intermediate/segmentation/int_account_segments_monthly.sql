-- Every segment type of each account that pays at a month's end. A segment without a value is '(none)'.
with

segment_values as (
    select * from {{ ref('int_account_segment_values') }}
),

final as (
    select
        segment_values.account_id,
        segment_values.month,
        'all' as segment_type,
        'all' as segment
    from segment_values
    {% for segment_type in [
        'arr_tier', 'touch_tier', 'investment_tier', 'industry', 'region', 'plan', 'csm', 'cohort_quarter',
    ] %}
    union all
    select
        segment_values.account_id,
        segment_values.month,
        '{{ segment_type }}' as segment_type,
        segment_values.{{ segment_type }} as segment
    from segment_values
    {% endfor %}
)

select * from final
