{#
    Checks the extracts before any model runs. One message names every required table and column that is missing and
    every file that is incomplete. Warnings name the files in other formats and the unknown columns, which are ignored.
    In the demo the seeds belong to the project, and each base model checks its own.
#}
{% macro check_raw_contract() %}
    {% if not execute or raw_mode() == 'demo' %}{{ return('') }}{% endif %}
    {% set missing, unreadable, present, ignored = [], [], [], [] %}
    {% set reads_folder = raw_mode() == 'files' %}
    {% set tables = contract_sources() %}
    {% set files = files_of_tables(raw_path(), tables | map(attribute='identifier') | list) if reads_folder else {} %}
    {% for table in tables %}
        {% set contract = raw_contract(table.source_name, table.name) %}
        {% set flaws = (files.get(table.identifier) or {}).get('flaws') %}
        {% set relation = given_relation(table.source_name, table.name) if not flaws %}
        {% if flaws %}
            {% do unreadable.extend(flaws) %}
        {% elif relation is not none %}
            {% do present.append(table.identifier) %}
            {% set columns = raw_columns(relation) %}
            {% do missing.extend(missing_columns(table.source_name, table.name, contract, columns)) %}
            {% do ignored.extend(unknown_columns(table.identifier, contract, columns)) %}
        {% elif contract.meta.required and not connectors_of(table.identifier) %}
            {% do missing.append(
                'table ' ~ table.identifier ~ ' (' ~ table.source_name ~ '.' ~ table.name ~ ') is required: '
                ~ contract.columns | join(', ') ~ ' [' ~ contract.file ~ ']'
            ) %}
        {% endif %}
    {% endfor %}
    {% set unread = files_unread(raw_path()) if reads_folder else [] %}
    {% if unread %}
        {{ log(
            'WARNING Raw contract: nothing is read from ' ~ first_ten(unread) ~ '. A table is a file that ends in '
            ~ '.csv, .tsv, .csv.gz, .tsv.gz or .parquet, or a folder of such files.', info=true
        ) }}
    {% endif %}
    {% if missing or unreadable %}
        {% do raise_contract_error(missing, unreadable) %}
    {% endif %}
    {% if raw_mode() == 'sources' %}{{ return('') }}{% endif %}
    {% set place = raw_path() if reads_folder else 'schema ' ~ var('raw_schema') %}
    {{ log(
        'Raw contract: ' ~ present | length ~ ' of ' ~ tables | length ~ ' tables found in ' ~ place ~ ': '
        ~ present | join(', '), info=true
    ) }}
    {% for line in ignored %}{{ log(line, info=true) }}{% endfor %}
{% endmacro %}

{# The company's own table. A table of the pipeline itself may be a file of the warehouse. #}
{% macro given_relation(system, table) %}
    {{ return((raw_relation if system == 'pipeline' else own_relation)(system, table)) }}
{% endmacro %}

{# One line that names the columns of a table that the contract does not know, if there are any. #}
{% macro unknown_columns(name, contract, columns) %}
    {% set unknown = [] %}
    {% for column, found in columns.items() if column not in contract.columns %}
        {% do unknown.append(found.name) %}
    {% endfor %}
    {% set message = 'Raw contract: ' ~ name ~ ': columns that the contract does not know are ignored: ' %}
    {{ return([message ~ first_ten(unknown)] if unknown else []) }}
{% endmacro %}

{# The first ten names from a file system or a file, each on one line and at most 200 characters long. #}
{% macro first_ten(names) %}
    {% set shown = [] %}
    {% for name in names[:10] %}
        {% set control = '[\\x00-\\x1f\\x7f-\\xa0\u200b-\u200f\u2028-\u202e\ufeff]' %}
        {% set plain = modules.re.sub(control, '?', name) %}
        {% do shown.append(plain if plain | length <= 200 else plain[:200] ~ '...') %}
    {% endfor %}
    {% set rest = ' and ' ~ (names | length - 10) ~ ' more' if names | length > 10 else '' %}
    {{ return(shown | join(', ') ~ rest) }}
{% endmacro %}

{# A line for each required column that the extract does not have. #}
{% macro missing_columns(system, table, contract, columns) %}
    {% set missing = [] %}
    {% for name, meta in contract.columns.items() if meta.required and name not in columns %}
        {% set values = ' (' ~ meta['values'] | join(', ') ~ ')' if meta.type == 'enum' else '' %}
        {% do missing.append(
            'column ' ~ system ~ '_' ~ table ~ '.' ~ name ~ ' is required: ' ~ name ~ ': ' ~ meta.type ~ values
            ~ ' [' ~ contract.file ~ ']'
        ) %}
    {% endfor %}
    {{ return(missing) }}
{% endmacro %}

{% macro fail_on_missing_columns(system, table, contract, columns) %}
    {% set missing = missing_columns(system, table, contract, columns) if columns else [] %}
    {% if missing %}{% do raise_contract_error(missing) %}{% endif %}
{% endmacro %}

{% macro raise_contract_error(missing, unreadable=[]) %}
    {% set places = {
        'files': 'folder ' ~ raw_path(), 'tables': 'schema ' ~ var('raw_schema', ''), 'demo': 'seeds/demo',
        'sources': 'tables of ' ~ named_sources() | join(', '),
    } %}
    {% set flaws = unreadable + missing %}
    {% set remedy = (
        '\nName a system that has them in `sources`, or write them to a folder that you name in CS_RAW_PATH. '
        ~ 'docs/connectors/README.md and docs/bring_your_own_data.md show how.'
    ) if named_sources() else '\nAdd them to the extract. docs/bring_your_own_data.md describes every table.' %}
    {{ exceptions.raise_compiler_error(
        'Raw contract: ' ~ flaws | length ~ (' unreadable or' if unreadable else '') ~ ' missing in the '
        ~ places[raw_mode()] ~ ':\n  - ' ~ flaws | join('\n  - ') ~ (remedy if missing else '')
    ) }}
{% endmacro %}
