-- The latest value of each figure, judged by its scale: green from good on, yellow from what is acceptable, else red.
-- If less is better, good itself is yellow, and what is acceptable still is. Words come from published bands first.
with

figures as (
    select * from {{ ref('int_figures') }}
),

scales as (
    select * from {{ ref('int_figure_scales') }}
),

assessment_bands as (
    select * from {{ ref('policy_assessment_bands') }}
),

numbered as (
    select
        figures.*,
        round(figures.value, 9) as judged_value,
        row_number() over (partition by figures.figure order by figures.measured_on desc) as number_of_date
    from figures
    where figures.touch_tier = 'all'
),

reached as (
    select
        numbered.*,
        {% for level, within in {'great': '<', 'good': '<', 'acceptable': '<='}.items() %}
        case
            when not numbered.is_judged then null
            when scales.is_lower_better then numbered.judged_value {{ within }} scales.{{ level }}
            else numbered.judged_value >= scales.{{ level }}
        end as is_{{ level }},
        {% endfor %}
        scales.status_source
    from numbered
    left join scales
        on numbered.figure = scales.figure
    where numbered.number_of_date = 1
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
