{# Each of `columns` has one value in each group `by`. #}
{% test constant_within(model, columns, by) %}
select
    {{ by | join(', ') }},
    {% for column in columns %}
    min({{ column }}) as least_{{ column }},
    max({{ column }}) as most_{{ column }}{{ ',' if not loop.last }}
    {% endfor %}
from {{ model }}
group by {{ by | join(', ') }}
having {% for column in columns %}count(distinct {{ column }}) <> 1{{ ' or ' if not loop.last }}{% endfor %}
{% endtest %}
