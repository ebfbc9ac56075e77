-- Satisfaction in the twelve months that end with a complete month.
{% set figures = {
    'nps': ('nps', 'score'),
    'csat_mean': ('csat', 'mean_score'),
    'csat_percent': ('csat', 'score'),
    'ces': ('ces', 'score'),
} %}
with

satisfaction as (
    select * from {{ ref('int_satisfaction_measured') }}
),

final as (
    {% for figure, (survey_type, score) in figures.items() %}
    select
        '{{ figure }}' as figure,
        last_day(satisfaction.period) as measured_on,
        satisfaction.tier as touch_tier,
        satisfaction.{{ score }} as value,
        case
            when satisfaction.is_small_sample
                then 'It rests on ' || {{ number_text('satisfaction.responses') }}
                    || case when satisfaction.responses = 1 then ' answer' else ' answers' end
                    || ', too few for a status.'
        end as note,
        not satisfaction.is_small_sample as is_judged
    from satisfaction
    where satisfaction.survey_type = '{{ survey_type }}'
        and satisfaction.period_grain = 'trailing_12m'
        and satisfaction.tier_scheme in ('all', 'touch_tier')
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
