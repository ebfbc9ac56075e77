{# The raw contract of one table, read from its source YAML: key, interval, series and the columns with their types. #}
{% macro raw_contract(system, table) %}
    {% set found = graph.sources.values() | selectattr('source_name', 'equalto', system) | selectattr('name', 'equalto', table) | first %}
    {% set columns = {} %}
    {% for name, column in found.columns.items() %}
        {% do columns.update({name: column.config.meta if column.config.meta else column.meta}) %}
    {% endfor %}
    {{ return({'meta': found.config.meta if found.config.meta else found.meta, 'columns': columns, 'file': found.original_file_path}) }}
{% endmacro %}

{# Column type in the warehouse for a contract type. #}
{% macro contract_sql_type(contract_type) %}
    {{ return({
        'id': 'string', 'text': 'string', 'enum': 'string', 'date': 'date', 'timestamp': 'timestamp',
        'int': 'int', 'decimal': 'double', 'bool': 'boolean',
    }[contract_type]) }}
{% endmacro %}

{% macro run_date() %}
    {{ return(modules.datetime.date.today().isoformat() if var('run_date') == 'today' else var('run_date') | string) }}
{% endmacro %}
