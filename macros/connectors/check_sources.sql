{#
    Looks at the systems of `sources` before any model runs, and says in words which objects their loaders left, what is
    absent, and what that costs. One message names all that is missing. Rows are not read.
#}
{% macro check_sources() %}
    {% if not execute or not named_sources() %}{{ return('') }}{% endif %}
    {% set missing = [] %}
    {% for system in named_sources() if system not in sources_in_use() %}
        {{ log('WARNING Sources: ' ~ system ~ ' is not read, because base_crm is ' ~ crm_in_use() ~ '.', info=true) }}
    {% endfor %}
    {% for system in sources_in_use() %}
        {% set found, absent = [], [] %}
        {% for object in source_objects(system) %}
            {% set relation = loaded_relation(system, object.name) %}
            {% if relation is none %}
                {% do (missing if object.meta.required else absent).append(words_of_absence(system, object)) %}
            {% else %}
                {% do found.append(words_of_object(system, object.name)) %}
                {% do missing.extend(missing_fields(system, object, columns_found(relation, object.columns))) %}
            {% endif %}
        {% endfor %}
        {{ log(
            'Sources: ' ~ system ~ ' in ' ~ named_sources()[system] ~ ': ' ~ found | length ~ ' objects found'
            ~ (': ' if found else '') ~ found | join(', '), info=true
        ) }}
        {% for line in absent %}{{ log('WARNING Sources: ' ~ line, info=true) }}{% endfor %}
    {% endfor %}
    {% if missing %}
        {{ exceptions.raise_compiler_error(
            'Sources: ' ~ missing | length ~ ' missing:\n  - ' ~ missing | join('\n  - ')
            ~ '\nLet your loader sync them, or correct `sources`. docs/connectors/README.md names what each system needs.'
        ) }}
    {% endif %}
    {% do check_shared_ids() %}
{% endmacro %}

{% macro crm_in_use() %}{{ return(sources_in_use() | select('in', crm_systems()) | first) }}{% endmacro %}

{# subscription (table subscription_history), or the name alone where the table has it. #}
{% macro words_of_object(system, object) %}
    {% set table = name_of_table(system, object) %}
    {{ return(object if table == object else object ~ ' (table ' ~ table ~ ')') }}
{% endmacro %}

{# The name of the table or file in which the loader left an object. #}
{% macro name_of_table(system, object) %}
    {% set place = named_sources()[system] %}
    {% set spellings = spellings_of(declared_tables(system, object)) %}
    {% if '/' not in place %}
        {% set tables = tables_of_schema(place) %}
        {% for name in spellings if name | replace('_', '') in tables %}
            {{ return(tables[name | replace('_', '')]) }}
        {% endfor %}
    {% endif %}
    {% set files = files_of_tables(place, all_spellings(system)) %}
    {% for name in spellings if files.get(name) %}{{ return(name) }}{% endfor %}
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
    {% if missing %}{{ exceptions.raise_compiler_error('Sources: ' ~ missing | join('\n  - ')) }}{% endif %}
{% endmacro %}

{#
    A company's own subscriptions beside a connector's items, or the reverse: their ids must agree. Of the connector the
    subscription_id of its items as the loader left them is compared.
#}
{% macro check_shared_ids() %}
    {% set own_rows = {
        'subscriptions': given_relation('billing', 'subscriptions'),
        'subscription_items': given_relation('billing', 'subscription_items'),
    } %}
    {% set own = own_rows['subscriptions'] or own_rows['subscription_items'] %}
    {% if not own or own_rows['subscriptions'] and own_rows['subscription_items'] %}{{ return('') }}{% endif %}
    {% for system in connectors_of('billing_subscriptions') %}
        {% set object, column = ('subscription', 'id') if own_rows['subscription_items'] else ('subscription_item', 'subscription_id') %}
        {% if 'source.' ~ project_name ~ '.' ~ system ~ '.' ~ object in graph.sources %}
            {% set counts %}
                select count(*), count(own_ids.subscription_id)
                from (
                    select distinct loaded.{{ column }} as subscription_id
                    from ({{ loaded_rows(system, object) }}) as loaded
                ) as loaded_ids
                left join (
                    select distinct cast(own.subscription_id as string) as subscription_id from {{ own }} as own
                ) as own_ids
                    on loaded_ids.subscription_id = own_ids.subscription_id
            {% endset %}
            {% set given, shared = run_query(counts).rows[0].values() %}
            {% set words = shared ~ ' of ' ~ given ~ ' subscriptions of ' ~ system
                ~ ' have the id of one in your own billing table' %}
            {% if given and not shared %}
                {{ exceptions.raise_compiler_error(
                    'Sources: ' ~ words ~ '. Your table replaces that of the connector, so the ids must agree: '
                    ~ 'give both tables yourself, or neither.'
                ) }}
            {% elif shared < given %}
                {{ log('WARNING Sources: only ' ~ words ~ '. The rows of the others are rejected.', info=true) }}
            {% endif %}
        {% endif %}
    {% endfor %}
{% endmacro %}
