{#
    Ranks count from 1 without a gap in each group `by`, and `falling` never rises from one rank to the next.
    Of several expressions in `falling`, a later one may rise where an earlier one falls.
#}
{% test ranked(model, rank, falling, by=[]) %}
{% set ranked = ('partition by ' ~ by | join(', ') if by else '') ~ ' order by ' ~ rank %}
{% set values = [falling] if falling is string else falling %}
select *
from (
    select
        checked.*,
        row_number() over ({{ ranked }}) as expected_rank,
        {% for value in values %}
        {{ value }} as value_{{ loop.index }},
        lag({{ value }}) over ({{ ranked }}) as value_{{ loop.index }}_before{{ ',' if not loop.last }}
        {% endfor %}
    from {{ model }} as checked
) as ranks
where {{ rank }} <> expected_rank
    {% for value in values %}
    or (
        {% for place in range(1, loop.index) %}
        value_{{ place }} = value_{{ place }}_before and
        {% endfor %}
        value_{{ loop.index }} > value_{{ loop.index }}_before
    )
    {% endfor %}
{% endtest %}
