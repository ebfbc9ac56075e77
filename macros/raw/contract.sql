{#
    The raw contract of one table, read from its source YAML: key, interval, series and the columns with their types. The end of an
    interval is an end (is_end), and a number has the bounds of a ledger's amount where the contract states none.
#}
{% macro raw_contract(system, table) %}
    {% set found = graph.sources.values() | selectattr('source_name', 'equalto', system) | selectattr('name', 'equalto', table) | first %}
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

{# The largest amount that the ledger takes: twelve times as much, of many accounts, still fits decimal(18, 2). #}
{% macro ledger_limit() %}{{ return(1000000000000) }}{% endmacro %}

{# Column type in the warehouse for a contract type. #}
{% macro contract_sql_type(contract_type) %}
    {{ return({
        'id': 'string', 'text': 'string', 'enum': 'string', 'date': 'date', 'timestamp': 'timestamp',
        'int': 'int', 'decimal': 'double', 'bool': 'boolean', 'currency': 'string',
    }[contract_type]) }}
{% endmacro %}

{% macro run_date() %}
    {{ return(modules.datetime.date.today().isoformat() if var('run_date') == 'today' else var('run_date') | string) }}
{% endmacro %}
