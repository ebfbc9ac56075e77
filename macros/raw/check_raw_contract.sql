{#
    Before any model runs: every required table and column of the raw contract is there, or one message names
    all that is missing. In the demo the seeds are the project's own, and are looked at as they are read.
#}
{% macro check_raw_contract() %}
    {% if execute and raw_mode() != 'demo' %}
        {% set missing = [] %}
        {% set present = [] %}
        {% for table in graph.sources.values() | sort(attribute='unique_id') %}
            {% set contract = raw_contract(table.source_name, table.name) %}
            {% set relation = raw_relation(table.source_name, table.name) %}
            {% if relation is not none %}
                {% do present.append(table.identifier) %}
                {% do missing.extend(missing_columns(table.source_name, table.name, contract, raw_columns(relation))) %}
            {% elif contract.meta.required %}
                {% do missing.append('table ' ~ table.identifier ~ ' (' ~ table.source_name ~ '.' ~ table.name ~ ') is required: ' ~ contract.columns | join(', ') ~ ' [' ~ contract.file ~ ']') %}
            {% endif %}
        {% endfor %}
        {% if missing %}
            {% do raise_contract_error(missing) %}
        {% endif %}
        {{ log('Raw contract: ' ~ present | length ~ ' of ' ~ graph.sources | length ~ ' tables found in ' ~ (raw_path() if raw_mode() == 'files' else 'schema ' ~ var('raw_schema')) ~ ': ' ~ present | join(', '), info=true) }}
    {% endif %}
{% endmacro %}

{% macro missing_columns(system, table, contract, columns) %}
    {% set missing = [] %}
    {% for name, meta in contract.columns.items() if meta.required and name not in columns %}
        {% do missing.append('column ' ~ system ~ '_' ~ table ~ '.' ~ name ~ ' is required: ' ~ name ~ ': ' ~ meta.type ~ (' (' ~ meta['values'] | join(', ') ~ ')' if meta.type == 'enum' else '') ~ ' [' ~ contract.file ~ ']') %}
    {% endfor %}
    {{ return(missing) }}
{% endmacro %}

{% macro fail_on_missing_columns(system, table, contract, columns) %}
    {% set missing = missing_columns(system, table, contract, columns) if columns else [] %}
    {% if missing %}{% do raise_contract_error(missing) %}{% endif %}
{% endmacro %}

{% macro raise_contract_error(missing) %}
    {% set where = {'files': 'folder ' ~ raw_path(), 'tables': 'schema ' ~ var('raw_schema', ''), 'demo': 'seeds/demo'}[raw_mode()] %}
    {{ exceptions.raise_compiler_error('Raw contract: ' ~ missing | length ~ ' missing in the ' ~ where ~ ':\n  - ' ~ missing | join('\n  - ') ~ '\nAdd what is named to the extract; docs/bring_your_own_data.md describes every table.') }}
{% endmacro %}
