{#
    The model declares laws that each of its rows keeps by itself (config.meta.laws): {sentence: condition}.
    A failure is a row with the sentence that it breaks. A null condition passes, as in a check constraint.
    Conditions may use as_of_date where `as_of` is ref('int_run_context').
#}
{% test row_laws(model, as_of=none) %}
{% if execute %}
{% set models = graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') %}
{% set laws = (models | selectattr('name', 'equalto', model.identifier) | first).config.meta.laws %}
{% for law, condition in laws.items() %}
select
    {{ quoted_text(law) }} as broken_law,
    checked.*
from {{ model }} as checked
{{ 'cross join (select as_of_date from ' ~ as_of ~ ') as run_context' if as_of }}
where not ({{ condition }})
{{ 'union all' if not loop.last }}
{% endfor %}
{% endif %}
{% endtest %}
