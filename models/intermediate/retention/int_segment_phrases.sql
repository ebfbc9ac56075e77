-- The customers of a segment, as a headline names them. All customers need no phrase.
with

segment_labels as (
    select * from {{ ref('int_segment_labels') }}
),

distinct_segments as (
    select
        segment_labels.segment_type,
        segment_labels.segment,
        segment_labels.segment_label,
        replace(segment_labels.segment, '_', '-') as label
    from segment_labels
),

final as (
    select
        distinct_segments.segment_type,
        distinct_segments.segment,
        case
            when distinct_segments.segment_type = 'all' then null
            when distinct_segments.segment_type = 'cohort_quarter' and distinct_segments.segment = '(none)'
                then 'customers older than the records'
            when distinct_segments.segment = '(none)'
                then
                    'customers without '
                    || case distinct_segments.segment_type
                        when 'arr_tier' then 'an ARR tier'
                        when 'csm' then 'a CSM'
                        when 'industry' then 'an industry'
                        when 'investment_tier' then 'an investment tier'
                        else 'a ' || replace(distinct_segments.segment_type, '_', ' ')
                    end
            when distinct_segments.segment_type = 'touch_tier' then distinct_segments.label || ' customers'
            when distinct_segments.segment_type = 'arr_tier'
                then 'customers with ' || distinct_segments.segment_label
            when distinct_segments.segment_type = 'investment_tier'
                then 'customers in the ' || distinct_segments.label || ' investment tier'
            when distinct_segments.segment_type = 'industry' then distinct_segments.segment || ' customers'
            when distinct_segments.segment_type = 'plan' then 'customers on ' || distinct_segments.segment_label
            when distinct_segments.segment_type = 'csm' then 'customers of ' || distinct_segments.segment_label
            when distinct_segments.segment_type = 'cohort_quarter'
                then 'customers won in Q'
                    || cast(extract(quarter from try_cast(distinct_segments.segment as date)) as string)
                    || ' ' || substring(distinct_segments.segment, 1, 4)
            else 'customers in ' || distinct_segments.segment
        end as customers
    from distinct_segments
)

select * from final
