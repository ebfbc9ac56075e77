{# Several columns at once, each against its own set of values; null is let pass. #}
{% test accepted_sets(model, values) %}
{% for column, allowed in values.items() %}
select '{{ column }}' as column_name, cast({{ column }} as string) as found, count(*) as row_count
from {{ model }}
where {{ column }} not in ('{{ allowed | join("', '") }}')
group by {{ column }}
{{ 'union all' if not loop.last }}
{% endfor %}
{% endtest %}
