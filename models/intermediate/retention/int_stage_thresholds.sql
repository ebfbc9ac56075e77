-- The thresholds of the company's own stage, as one row.
with

stage_thresholds as (
    select * from {{ ref('policy_stage_thresholds') }}
),

final as (
    select
        {% for figure in ['grr', 'nrr', 'logo_retention'] %}
        {% for threshold in ['healthy', 'concerning'] %}
        max(
            case when stage_thresholds.figure = '{{ figure }}' then stage_thresholds.{{ threshold }} end
        ) as {{ figure }}_{{ threshold }}{{ ',' if not (figure == 'logo_retention' and threshold == 'concerning') }}
        {% endfor %}
        {% endfor %}
    from stage_thresholds
    where stage_thresholds.stage = {{ quoted_text(var("company_stage")) }}
)

select * from final
