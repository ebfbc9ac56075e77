{#
    Before any model runs: every required table and column of the raw contract is there and every file of it is whole,
    or one message names all that is missing. What is not read is named: files in other formats, and unknown columns.
    In the demo the seeds are the project's own, and are looked at as they are read.
#}
{% macro check_raw_contract() %}
    {% if execute and raw_mode() != 'demo' %}
        {% set missing, unreadable, present, ignored = [], [], [], [] %}
        {% set tables = graph.sources.values() | sort(attribute='unique_id') | list %}
        {% set files = files_of_tables(raw_path(), tables | map(attribute='identifier') | list) if raw_mode() == 'files' else {} %}
        {% for table in tables %}
            {% set contract = raw_contract(table.source_name, table.name) %}
            {% set flaws = (files.get(table.identifier) or {}).get('flaws') %}
            {% set relation = raw_relation(table.source_name, table.name) if not flaws %}
            {% if flaws %}
                {% do unreadable.extend(flaws) %}
            {% elif relation is not none %}
                {% do present.append(table.identifier) %}
                {% set columns = raw_columns(relation) %}
                {% do missing.extend(missing_columns(table.source_name, table.name, contract, columns)) %}
                {% do ignored.extend(unknown_columns(table.identifier, contract, columns)) %}
            {% elif contract.meta.required %}
                {% do missing.append('table ' ~ table.identifier ~ ' (' ~ table.source_name ~ '.' ~ table.name ~ ') is required: ' ~ contract.columns | join(', ') ~ ' [' ~ contract.file ~ ']') %}
            {% endif %}
        {% endfor %}
        {% set unread = files_unread(raw_path()) if raw_mode() == 'files' else [] %}
        {% if unread %}
            {{ log('WARNING Raw contract: nothing is read from ' ~ some_of(unread)
                ~ '. A table is a file that ends in .csv, .tsv, .csv.gz, .tsv.gz or .parquet, or a folder of such files.', info=true) }}
        {% endif %}
        {% if missing or unreadable %}
            {% do raise_contract_error(missing, unreadable) %}
        {% endif %}
        {{ log('Raw contract: ' ~ present | length ~ ' of ' ~ graph.sources | length ~ ' tables found in ' ~ (raw_path() if raw_mode() == 'files' else 'schema ' ~ var('raw_schema')) ~ ': ' ~ present | join(', '), info=true) }}
        {% for line in ignored %}{{ log(line, info=true) }}{% endfor %}
    {% endif %}
{% endmacro %}

{# One line that names the columns of a table that the contract does not know, if there are any. #}
{% macro unknown_columns(name, contract, columns) %}
    {% set unknown = [] %}
    {% for column, found in columns.items() if column not in contract.columns %}{% do unknown.append(found.name) %}{% endfor %}
    {{ return(['Raw contract: ' ~ name ~ ': columns that the contract does not know are ignored: ' ~ some_of(unknown)] if unknown else []) }}
{% endmacro %}

{# Ten names at most, each on one line and not longer than a line, since they come from files. #}
{% macro some_of(names) %}
    {% set shown = [] %}
    {% for name in names[:10] %}
        {% set plain = modules.re.sub('[\\x00-\\x1f\\x7f-\\xa0\u200b-\u200f\u2028-\u202e\ufeff]', '?', name) %}
        {% do shown.append(plain if plain | length <= 200 else plain[:200] ~ '...') %}
    {% endfor %}
    {{ return(shown | join(', ') ~ (' and ' ~ (names | length - 10) ~ ' more' if names | length > 10 else '')) }}
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

{% macro raise_contract_error(missing, unreadable=[]) %}
    {% set where = {'files': 'folder ' ~ raw_path(), 'tables': 'schema ' ~ var('raw_schema', ''), 'demo': 'seeds/demo'}[raw_mode()] %}
    {% set flaws = unreadable + missing %}
    {{ exceptions.raise_compiler_error('Raw contract: ' ~ flaws | length ~ (' unreadable or' if unreadable else '') ~ ' missing in the ' ~ where ~ ':\n  - ' ~ flaws | join('\n  - ')
        ~ ('\nAdd what is named to the extract; docs/bring_your_own_data.md describes every table.' if missing else '')) }}
{% endmacro %}
