{#
    The last CTEs of a model of figures: figures_by_tier('facts', figures). Each row of facts adds part and whole to a
    figure on a date in a touch tier. The value is Σ part ÷ Σ whole, and null with a whole of 0.
    `figures` gives each figure its sentences: what part and whole are, and why there is no value.
#}
{% macro figures_by_tier(facts, figures) %}
measured_tiers as (
    select * from {{ ref('int_measured_tiers') }}
),

names as (
    {% for figure in figures %}
    select '{{ figure }}' as figure
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

by_tier as (
    {% for touch_tier in ["'all'", facts ~ '.touch_tier'] %}
    select
        {{ facts }}.figure,
        {{ facts }}.measured_on,
        {{ touch_tier }} as touch_tier,
        cast(sum({{ facts }}.part) as double) as part,
        cast(sum({{ facts }}.whole) as double) as whole
    from {{ facts }}
    group by {{ facts }}.figure, {{ facts }}.measured_on{{ ', ' ~ touch_tier if not loop.first }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        names.figure,
        measured_tiers.measured_on,
        measured_tiers.touch_tier,
        round(by_tier.part / nullif(by_tier.whole, 0), 9) as value,
        case
            {% for figure, (part, whole, missing) in figures.items() %}
            when names.figure = '{{ figure }}'
                then case
                    when by_tier.whole > 0
                        then {{ number_text('by_tier.part') }}
                        || '{{ part }}' || {{ number_text('by_tier.whole') }} || '{{ whole }}'
                    else '{{ missing }}'
                end
            {% endfor %}
        end as note
    from measured_tiers
    cross join names
    left join by_tier
        on names.figure = by_tier.figure
        and measured_tiers.measured_on = by_tier.measured_on
        and measured_tiers.touch_tier = by_tier.touch_tier
)
{% endmacro %}
