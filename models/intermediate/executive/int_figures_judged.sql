-- The latest value of each figure, judged by its scale: green from good on, yellow from what is acceptable, else red.
-- If less is better, good itself is yellow, and what is acceptable still is. Words come from published bands first.
with

latest as (
    select * from {{ ref('int_figures_latest') }}
),

scales as (
    select * from {{ ref('int_figure_scales') }}
),

assessment_bands as (
    select * from {{ ref('policy_assessment_bands') }}
),

rounded as (
    select
        latest.*,
        round(latest.value, 9) as judged_value
    from latest
    where latest.touch_tier = 'all'
),

reached as (
    select
        rounded.*,
        {% for level, within in {'great': '<', 'good': '<', 'acceptable': '<='}.items() %}
        case
            when not rounded.is_judged then null
            when scales.is_lower_better then rounded.judged_value {{ within }} scales.{{ level }}
            else rounded.judged_value >= scales.{{ level }}
        end as is_{{ level }},
        {% endfor %}
        scales.status_source
    from rounded
    left join scales
        on rounded.figure = scales.figure
),

rated as (
    select
        reached.figure,
        max_by(assessment_bands.assessment, assessment_bands.min_value) as assessment
    from reached
    inner join assessment_bands
        on reached.figure = assessment_bands.figure
        and {{ reaches_band('reached.judged_value', 'assessment_bands') }}
    where reached.is_judged
    group by reached.figure
),

final as (
    select
        reached.figure,
        reached.measured_on,
        reached.value,
        reached.note,
        case
            when reached.is_good then 'green'
            when reached.is_acceptable then 'yellow'
            when not reached.is_good then 'red'
        end as status,
        case
            when rated.assessment is not null then rated.assessment
            when reached.is_great then 'great'
            when reached.is_good then case reached.status_source when 'benchmarks' then 'good' else 'healthy' end
            when reached.is_acceptable
                then case reached.status_source when 'benchmarks' then 'acceptable' else 'concerning' end
            when not reached.is_good then case reached.status_source when 'benchmarks' then 'poor' else 'critical' end
        end as rating,
        case
            when rated.assessment is not null then 'assessment_bands'
            when reached.is_good is not null then reached.status_source
        end as rating_source
    from reached
    left join rated
        on reached.figure = rated.figure
)

select * from final
