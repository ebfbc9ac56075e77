{#
    The raw contract of one table, read from its source YAML: key, interval, series, and columns with their types. It
    marks the end of an interval (is_end), and gives a number the bounds of a ledger's amount if it states none.
#}
{% macro raw_contract(system, table) %}
    {% set tables = graph.sources.values() | selectattr('source_name', 'equalto', system) %}
    {% set found = tables | selectattr('name', 'equalto', table) | first %}
    {% set meta = found.config.meta if found.config.meta else found.meta %}
    {% set columns = {} %}
    {% for name, column in found.columns.items() %}
        {% set stated = dict(column.config.meta if column.config.meta else column.meta) %}
        {% if name == meta.get('interval', ['', ''])[1] %}{% do stated.update({'is_end': true}) %}{% endif %}
        {% if stated.type == 'decimal' and not stated.range and not stated.bounds %}
            {% do stated.update({'bounds' if stated.required else 'range': [-ledger_limit(), ledger_limit()]}) %}
        {% endif %}
        {% do columns.update({name: stated}) %}
    {% endfor %}
    {{ return({'meta': meta, 'columns': columns, 'file': found.original_file_path}) }}
{% endmacro %}

{# The tables of the raw contract as the sources of the graph. The objects of connectors are sources too. #}
{% macro contract_sources() %}
    {% set systems = raw_tables() | map(attribute='system') | unique | list %}
    {{ return(graph.sources.values() | selectattr('source_name', 'in', systems) | sort(attribute='unique_id') | list) }}
{% endmacro %}

{# The largest amount that the ledger takes. Twelve times as much, summed over many accounts, fits decimal(18, 2). #}
{% macro ledger_limit() %}{{ return(1000000000000) }}{% endmacro %}
