{#
    Looks at the systems of `sources` before any model runs, and says in words which objects their loaders left, what is
    absent, and what that costs. One message names all that is missing. `python -m pipeline sources` says the same.
#}
{% macro check_sources() %}
    {% if not execute or not named_sources() %}{{ return('') }}{% endif %}
    {% set report = source_report() %}
    {% for system in report.systems %}
        {% set found = system.objects | selectattr('table') | map(attribute='words') | list %}
        {{ log(
            'Sources: ' ~ system.system ~ ' in ' ~ system.place ~ ': ' ~ found | length
            ~ (' object' if found | length == 1 else ' objects') ~ ' found' ~ (': ' if found else '')
            ~ found | join(', '), info=true
        ) }}
    {% endfor %}
    {% for line in report.warnings %}{{ log('WARNING Sources: ' ~ line, info=true) }}{% endfor %}
    {% do fail_on_sources(report) %}
{% endmacro %}

{# `dbt run-operation report_sources`: the report as one line of JSON after the word SOURCES. No model runs. #}
{% macro report_sources() %}
    {% do check_vars() %}
    {% set report = source_report(reads_rows=true) %}
    {{ log('SOURCES ' ~ tojson(report), info=true) }}
    {% do check_raw_contract() %}
    {% do fail_on_sources(report) %}
{% endmacro %}

{#
    What the loaders left: systems (system, place, objects), missing (what stops a build, in words) and warnings. An
    object has its table, none if absent, and the words for it. `reads_rows` adds its rows and when the newest came.
#}
{% macro source_report(reads_rows=false) %}
    {% set systems, missing, warnings = [], [], [] %}
    {% for system in named_sources() if system not in sources_in_use() %}
        {% do warnings.append(system ~ ' is not read, because base_crm is ' ~ crm_in_use() ~ '.') %}
    {% endfor %}
    {% for system in sources_in_use() %}
        {% set objects = [] %}
        {% for object in source_objects(system) %}
            {% set relation = loaded_relation(system, object.name) %}
            {% set entry = {'object': object.name, 'table': none, 'is_required': object.meta.required or false} %}
            {% if relation is none %}
                {% do entry.update({'words': words_of_absence(system, object)}) %}
                {% if object.meta.required %}
                    {% do missing.append(entry.words) %}
                {% elif not is_replaced(system, object) %}
                    {% do warnings.append(entry.words) %}
                {% endif %}
            {% else %}
                {% set columns = columns_found(relation, object.columns) %}
                {% set table = loaded_table(system, object.name).name %}
                {% do entry.update({'table': table, 'words': words_of_object(system, object.name)}) %}
                {% do missing.extend(missing_fields(system, object, columns)) %}
                {% do entry.update(rows_of_object(object, relation, columns) if reads_rows else {}) %}
            {% endif %}
            {% do objects.append(entry) %}
        {% endfor %}
        {% do systems.append({'system': system, 'place': named_sources()[system], 'objects': objects}) %}
    {% endfor %}
    {% set unshared = {'missing': [], 'warnings': []} if missing else flaws_of_shared_ids() %}
    {{ return({
        'systems': systems, 'missing': missing + unshared.missing, 'warnings': warnings + unshared.warnings
    }) }}
{% endmacro %}

{# Whether other objects that are there hold all that an absent one would. #}
{% macro is_replaced(system, object) %}
    {% set others = object.meta.get('replaced_by', []) %}
    {% for other in others if loaded_relation(system, other) is none %}{{ return(false) }}{% endfor %}
    {{ return(others | length > 0) }}
{% endmacro %}

{# How many rows an object has, and when its newest came, in UTC. #}
{% macro rows_of_object(object, relation, columns) %}
    {% set counts %}
        select count(*), cast(max(typed_rows._loaded_at) as string)
        from ({{ typed_rows(object, relation, columns) }}) as typed_rows
    {% endset %}
    {% set rows, newest = run_query(counts).rows[0].values() %}
    {{ return({'rows': rows | int, 'newest_loaded_at': newest}) }}
{% endmacro %}

{# One message with all that stops a build. #}
{% macro fail_on_sources(report) %}
    {% if report.missing %}
        {{ exceptions.raise_compiler_error(
            'Sources: ' ~ report.missing | length ~ ' to correct:\n  - ' ~ report.missing | join('\n  - ')
            ~ '\nLet your loader sync what is missing, or correct `sources`. '
            ~ 'docs/connectors/README.md names what each system needs.'
        ) }}
    {% endif %}
{% endmacro %}

{% macro crm_in_use() %}{{ return(sources_in_use() | select('in', crm_systems()) | first) }}{% endmacro %}

{# subscription (table subscription_history), or the name alone where the table has it. #}
{% macro words_of_object(system, object) %}
    {% set table = loaded_table(system, object).name %}
    {{ return(object if table == object else object ~ ' (table ' ~ table ~ ')') }}
{% endmacro %}

{% macro words_of_absence(system, object) %}
    {% set costs = object.meta.get('costs') %}
    {{ return(
        system ~ ' has no ' ~ object.name ~ ' (looked for ' ~ object.meta.tables | join(', ') ~ ' in '
        ~ named_sources()[system] ~ ')' ~ (': ' ~ costs if costs else '')
    ) }}
{% endmacro %}

{# A line for each required column that a loader's table does not have. #}
{% macro missing_fields(system, object, found) %}
    {% set missing = [] %}
    {% for name, meta in object.columns.items() if meta.required and not found[name] %}
        {% do missing.append(
            system ~ '.' ~ words_of_object(system, object.name) ~ ' has no column ' ~ meta.names | join(' or ')
            ~ '. If yours has another name, add a row to source_fields.csv: ' ~ system ~ ',' ~ object.name
            ~ ',<your column>,' ~ name
        ) %}
    {% endfor %}
    {{ return(missing) }}
{% endmacro %}

{# The same for one object that a model reads, for a build without the check at its start. #}
{% macro fail_on_missing_object(system, declared, relation, found) %}
    {% set absent = relation is none and declared.meta.required %}
    {% set missing = [words_of_absence(system, declared)] if absent else [] %}
    {% if relation is not none %}{% do missing.extend(missing_fields(system, declared, found)) %}{% endif %}
    {# A compilation alone, such as that of a linter, needs no tables. #}
    {% if missing and flags.WHICH != 'compile' %}
        {{ exceptions.raise_compiler_error('Sources: ' ~ missing | join('\n  - ')) }}
    {% endif %}
{% endmacro %}
