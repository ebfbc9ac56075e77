{#
    The rows of a policy file that SQL is written from, such as source_fields: the company's own file of that name in
    policy_path, else the project's. Spark reads no files, so there the rows are those of the seed. They are sorted,
    because neither a file nor a table promises an order.
#}
{% macro source_policy(file, columns) %}
    {% if 'source_policy' not in graph %}{% do graph.update({'source_policy': {}}) %}{% endif %}
    {# On Spark a seed is loaded during the run, so each model looks for itself. #}
    {% set key = file if reads_files() or model is not defined else file ~ ' ' ~ model.unique_id %}
    {% if key not in graph.source_policy %}
        {% set relation = source_policy_relation(file) %}
        {% set rows = [] %}
        {% if relation is not none %}
            {% set cells = [] %}
            {% for column in columns %}
                {% do cells.append('trim(cast(cells.' ~ column ~ ' as string))') %}
            {% endfor %}
            {% set sql = 'select ' ~ cells | join(', ') ~ ' from ' ~ relation ~ ' as cells' %}
            {% for row in run_query(sql ~ ' order by ' ~ range(1, columns | length + 1) | join(', ')).rows %}
                {% do rows.append(row.values()) %}
            {% endfor %}
        {% endif %}
        {% do graph.source_policy.update({key: rows}) %}
    {% endif %}
    {{ return(graph.source_policy[key]) }}
{% endmacro %}

{% macro source_policy_relation(file) %}
    {% if reads_files() %}
        {% set folder = var('policy_path', env_var('CS_POLICY_PATH', '')) %}
        {% set own = raw_file_rows(folder, file) if folder else none %}
        {{ return(own if own is not none else raw_file_rows('seeds/policy/sources', file)) }}
    {% endif %}
    {% set seed = graph.nodes['seed.' ~ project_name ~ '.' ~ file] %}
    {{ return(adapter.get_relation(database=seed.database, schema=seed.schema, identifier=seed.alias)) }}
{% endmacro %}

{#
    What a value of a system means here, by source_values.csv: source_value('zendesk', 'ticket.csat', 'tickets.csat').
    A value is compared in lower case. One that ends in a star is a prefix, and the longest that fits counts. A star
    alone is the default. Without a row the value stands as it is, so that the contract rejects it by name.
#}
{% macro source_value(system, field, value) -%}
    {%- do ref('source_values') -%}
    {%- if not execute -%}{{ return('cast(null as string)') }}{%- endif -%}
    {%- set whole, prefixes, rest = [], [], [] -%}
    {%- for row in source_policy('source_values', ['system', 'field', 'value', 'means']) -%}
        {%- if row[0] == system and row[1] == field -%}
            {%- set given, means = row[2] | lower, 'cast(null as string)' if row[3] is none else quoted_text(row[3]) -%}
            {%- if given == '*' -%}
                {%- do rest.append(means) -%}
            {%- elif given.endswith('*') -%}
                {%- set start = 'substr(lower(' ~ value ~ '), 1, ' ~ (given | length - 1) ~ ')' -%}
                {%- do prefixes.append((
                    -(given | length), 'when ' ~ start ~ ' = ' ~ quoted_text(given[:-1]) ~ ' then ' ~ means
                )) -%}
            {%- else -%}
                {%- do whole.append('when lower(' ~ value ~ ') = ' ~ quoted_text(given) ~ ' then ' ~ means) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set branches = whole + prefixes | sort | map('last') | list -%}
    {%- set other = rest[0] if rest else value -%}
    {%- if branches -%}case {{ branches | join(' ') }} else {{ other }} end{%- else -%}{{ other }}{%- endif -%}
{%- endmacro %}

{# One setting of a system: the meaning of its only row, as text for Jinja. #}
{% macro source_setting(system, field) %}
    {% do ref('source_values') %}
    {% if not execute %}{{ return('') }}{% endif %}
    {% for row in source_policy('source_values', ['system', 'field', 'value', 'means']) %}
        {% if row[0] == system and row[1] == field %}{{ return(row[3]) }}{% endif %}
    {% endfor %}
    {{ exceptions.raise_compiler_error(
        'Policy: source_values.csv has no row ' ~ system ~ ', ' ~ field ~ ', *. '
        ~ 'Add it: docs/policy.md lists its values.'
    ) }}
{% endmacro %}
