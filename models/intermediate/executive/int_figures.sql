-- Scorecard figures that no mart has.
{% set sources = {
    'int_figures_satisfaction': 'trailing_12m',
    'int_figures_health': 'day',
    'int_figures_journey': 'day',
} %}
with

{% for source in sources %}
{{ source }} as (
    select * from {{ ref(source) }}
),

{% endfor %}
final as (
    {% for source, period_grain in sources.items() %}
    select
        {{ source }}.figure,
        {{ source }}.unit,
        '{{ period_grain }}' as period_grain,
        {{ source }}.period,
        {{ source }}.value,
        {{ source }}.previous_value,
        {{ source }}.assessment,
        {{ source }}.note
    from {{ source }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
