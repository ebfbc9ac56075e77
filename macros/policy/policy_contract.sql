{#
    The contract of a policy file, as the YAML of its model states it: policy_contract('policy_health_weights').

    meta of the model
        grain       the columns of a row's key
        settings    [setting, value]: the columns of a file that has a row per column of the model

    meta of a column, which is text where it has no data_type
        required                    true unless stated: false, or the rows that need it, as in {signal: [user_growth]}
        values                      the only texts it takes
        each                        the same, and the file needs a row of each. With open: true it takes other texts too
        least, above, most, below   a number, another column, or a list of them
        range_by                    least and most by another column, as in {playbook: {low_adoption: [0, 1]}}
        starts_at                   the lowest number. No number comes twice
        unique                      whether no value comes twice
        sums_to                     the sum of the numbers
        within                      the columns that group the rows for the three above
        setting, value              its row and column in a file of settings, where they have another name
        next                        the column whose value in the next row it has. The file has no such column
        computed                    whether the SQL of the model computes it
#}
{% macro policy_contract(model_name) %}
    {% set node = graph.nodes['model.' ~ project_name ~ '.' ~ model_name] %}
    {% set seed = graph.nodes[node.depends_on.nodes[0]] %}
    {% set columns, cells = {}, {} %}
    {% for name, column in node.columns.items() %}
        {% set meta = dict(column.config.meta or {}, type=column.data_type or 'string') %}
        {% do columns.update({name: meta}) %}
        {% if not meta.next and not meta.computed %}{% do cells.update({name: meta}) %}{% endif %}
    {% endfor %}
    {{ return({
        'file': seed.name, 'default_rows': seed.relation_name, 'columns': columns, 'cells': cells,
        'grain': node.config.meta.grain or [], 'settings': node.config.meta.settings,
    }) }}
{% endmacro %}
