{# Shares of one whole: each of `columns` sums to 1 in each group `by`, or is null throughout. #}
{% test sums_to_one(model, columns, by) %}
select
    {{ by | join(', ') }},
    {% for column in columns %}
    sum({{ column }}) as {{ column }}{{ ',' if not loop.last }}
    {% endfor %}
from {{ model }}
group by {{ by | join(', ') }}
having {% for column in columns %}abs(sum({{ column }}) - 1) > 1e-9{{ ' or ' if not loop.last }}{% endfor %}
{% endtest %}
