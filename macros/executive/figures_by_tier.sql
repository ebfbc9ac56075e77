{#
    The last CTEs of a model of figures: figures_by_tier('facts', figures). Each row of facts adds part and whole to a
    figure on a date in a touch tier. The value is Σ part ÷ Σ whole, and null with a whole of 0.
    `figures` gives each figure two texts, or none: its note, in which %p is Σ part and %w is Σ whole, and its note
    where there is no value. Only the company as a whole has the figures of `untiered`. A whole below
    small_sample_accounts is too few for a status, which `unscaled` figures never have.
#}
{% macro figures_by_tier(facts, figures, untiered=[], unscaled=[]) %}
measured_tiers as (
    select * from {{ ref('int_measured_tiers') }}
),

flags as (
    select * from {{ ref('policy_retention_flags') }}
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
            {% for figure, (said, missing) in figures.items() %}
            {% set words = said | replace('%p', "' || " ~ thousands_text('by_tier.part') ~ " || '") %}
            {% set words = words | replace('%w', "' || " ~ thousands_text('by_tier.whole') ~ " || '") %}
            when names.figure = '{{ figure }}'
                then case when by_tier.whole > 0 then '{{ words }}' else '{{ missing }}' end
            {% endfor %}
        end || case
            when by_tier.whole > 0 and by_tier.whole < flags.small_sample_accounts
                {% if unscaled %}
                and names.figure not in ({{ quoted_texts(unscaled) }})
                {% endif %}
                then ' These are too few for a status.'
            else ''
        end as note,
        coalesce(by_tier.whole >= flags.small_sample_accounts, false) as is_judged
    from measured_tiers
    cross join names
    cross join flags
    left join by_tier
        on names.figure = by_tier.figure
        and measured_tiers.measured_on = by_tier.measured_on
        and measured_tiers.touch_tier = by_tier.touch_tier
    {% if untiered %}
    where measured_tiers.touch_tier = 'all'
        or names.figure not in ({{ quoted_texts(untiered) }})
    {% endif %}
)
{% endmacro %}
