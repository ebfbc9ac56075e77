{# The model's declared grain (config.meta.grain) is its key: no part of it is null, and no row comes twice. #}
{% test grain(model, nullable=[]) %}
{% if execute %}
{% set node = graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') | selectattr('name', 'equalto', model.identifier) | first %}
{% set columns = node.config.meta.grain %}
select
    {{ columns | join(', ') }},
    count(*) as row_count
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1{% for column in columns if column not in nullable %} or {{ column }} is null{% endfor %}
{% endif %}
{% endtest %}
