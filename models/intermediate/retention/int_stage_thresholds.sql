-- The thresholds of the company's own stage, as one row.
with

stage_thresholds as (
    select * from {{ ref('policy_stage_thresholds') }}
),

final as (
    select
        {% for figure in ['grr', 'nrr', 'logo_retention'] %}
        max(case when stage_thresholds.figure = '{{ figure }}' then stage_thresholds.healthy end) as {{ figure }}_healthy,
        max(
            case when stage_thresholds.figure = '{{ figure }}' then stage_thresholds.concerning end
        ) as {{ figure }}_concerning{{ ',' if not loop.last }}
        {% endfor %}
    from stage_thresholds
    where stage_thresholds.stage = {{ quoted_text(var("company_stage")) }}
)

select * from final
