{# Each column holds only its own set of values, or null. #}
{% test accepted_sets(model, values) %}
{% for column, allowed in values.items() %}
select '{{ column }}' as column_name, cast({{ column }} as string) as found, count(*) as row_count
from {{ model }}
where {{ column }} not in ('{{ allowed | join("', '") }}')
group by {{ column }}
{{ 'union all' if not loop.last }}
{% endfor %}
{% endtest %}
