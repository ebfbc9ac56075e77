{# The declared grain (config.meta.grain) is the key: no column of it is null, and no two rows share it. #}
{% test grain(model, nullable=[]) %}
{% if execute %}
{% set models = graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') %}
{% set columns = (models | selectattr('name', 'equalto', model.identifier) | first).config.meta.grain %}
select
    {{ columns | join(', ') }},
    count(*) as row_count
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1{% for column in columns if column not in nullable %} or {{ column }} is null{% endfor %}
{% endif %}
{% endtest %}
