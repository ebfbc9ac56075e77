{#
    The day of the newest row that any system's loader brought, as text, none if no loader says when it brought rows. A
    run looks once.
#}
{% macro newest_load_day() %}
    {% if 'newest_load_day' not in graph %}
        {% set loads = [] %}
        {% for system in sources_in_use() %}
            {% for object in source_objects(system) %}
                {% set relation = loaded_relation(system, object.name) %}
                {% set columns = {'_loaded_at': object.columns['_loaded_at']} %}
                {% set found = columns_found(relation, columns) if relation is not none else {} %}
                {% if found.get('_loaded_at') %}
                    {% set declared = {'name': object.name, 'meta': object.meta, 'columns': columns} %}
                    {% do loads.append(
                        'select max(typed_rows._loaded_at) as loaded_at from ('
                        ~ typed_rows(declared, relation, found) ~ ') as typed_rows'
                    ) %}
                {% endif %}
            {% endfor %}
        {% endfor %}
        {% set newest = 'select cast(cast(max(loads.loaded_at) as date) as string) from ('
            ~ loads | join(' union all ') ~ ') as loads' %}
        {% do graph.update({
            'newest_load_day': run_query(newest).columns[0].values()[0] if loads else none
        }) %}
    {% endif %}
    {{ return(graph.newest_load_day) }}
{% endmacro %}
