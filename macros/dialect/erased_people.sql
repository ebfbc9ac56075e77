{#
    People who were erased, as staging knows them again in a later extract. The pipeline lists them in erased.csv of
    the warehouse as salted hashes; pipeline/erased.py computes the same. Without that file, these macros add no SQL.
#}
{% macro erased_file() %}{{ return(adapter.dispatch('erased_file')()) }}{% endmacro %}

{% macro default__erased_file() %}
    {% if not execute %}{{ return(none) }}{% endif %}
    {# Looked for once in a run, and remembered beside dbt's graph, which all its nodes share. #}
    {% if 'erased_file' not in graph %}
        {% set file = env_var('CS_WAREHOUSE_DIR', 'warehouse') ~ '/erased.csv' %}
        {% set is_there = run_query('select file from glob(' ~ quoted_text(file) ~ ')').rows | length > 0 %}
        {% do graph.update({'erased_file': file if is_there else none}) %}
    {% endif %}
    {{ return(graph.erased_file) }}
{% endmacro %}

{# Where the extracts are tables of Spark, whoever loads them leaves erased people out (docs/spark.md). #}
{% macro spark__erased_file() %}{{ return(none) }}{% endmacro %}

{# The columns of the contract that hold a person's id, each with its kind: contact or user. #}
{% macro erasable_ids(columns, contract) %}
    {% set found = {} %}
    {% for name, meta in contract.columns.items() if meta.get('person') and name in columns %}
        {% do found.update({name: meta.person}) %}
    {% endfor %}
    {{ return(found) }}
{% endmacro %}

{#
    CTEs, with a comma after each: erased_list, one row with the salt and all digests; for each column of ids
    erased_<column>, the ids of erased people in this extract with their pseudonyms. Each id is hashed once.
#}
{% macro erased_ctes(relation, columns, contract) -%}
    {%- set file = erased_file() if relation is not none else none -%}
    {%- if file is not none -%}
erased_people as (
    select
        listed.salt,
        listed.digest
    from read_csv({{ quoted_text(file) }},
        auto_detect = false, header = true, delim = ',', columns = {'salt': 'varchar', 'digest': 'varchar'}
    ) as listed
),

erased_list as (
    select
        max(erased_people.salt) as salt,
        list(erased_people.digest) as digests
    from erased_people
),

{% for name, kind in erasable_ids(columns, contract).items() %}
erased_{{ name }} as (
    select
        hashed.raw_id,
        'erased-' || substr(hashed.digest, 1, 16) as pseudonym
    from (
        select
            given.raw_id,
            sha256(erased_list.salt || {{ quoted_text(kind ~ ':') }} || given.raw_id) as digest
        from (select distinct {{ given_text('raw_source', columns, contract, name) }} as raw_id from {{ relation }} as raw_source) as given
        cross join erased_list
    ) as hashed
    inner join erased_people
        on hashed.digest = erased_people.digest
),

{% endfor %}
    {%- endif -%}
{%- endmacro %}

{# An id or a text as the warehouse reads it: from the extract (raw_source), or where it is trimmed already. #}
{% macro given_text(relation, columns, contract, name) -%}
    {%- set meta = contract.columns[name] -%}
    {%- set value = raw_value(columns, name, meta) if relation == 'raw_source' else relation ~ '.' ~ name -%}
    {{- given_value(value, meta, native_kind(columns, name)) -}}
{%- endmacro %}

{# The joins that raw_rows needs for erased_value. #}
{% macro erased_joins(relation, columns, contract) -%}
    {%- if relation is not none and erased_file() is not none %}
    cross join erased_list
    {% for name in erasable_ids(columns, contract) %}
    left join erased_{{ name }}
        on {{ given_text('trimmed', columns, contract, name) }} = erased_{{ name }}.raw_id
    {% endfor %}
    {%- endif -%}
{%- endmacro %}

{# The raw text of a column of the contract as it may be used: a pseudonym or null where it is an erased person's. #}
{% macro erased_value(value, relation, columns, contract, name) -%}
    {%- set meta = contract.columns[name] -%}
    {%- set is_personal = name in columns and (meta.get('person') or meta.get('personal')) -%}
    {%- if not is_personal or relation is none or erased_file() is none -%}
        {{ value }}
    {%- elif meta.get('person') -%}
        coalesce(erased_{{ name }}.pseudonym, {{ value }})
    {%- elif meta.personal == 'text' -%}
        case when not {{ names_erased(value) }} then {{ value }} end
    {%- else -%}
        {%- set signs = [] -%}
        {%- for id in erasable_ids(columns, contract) -%}
            {%- do signs.append('erased_' ~ id ~ '.raw_id is not null') -%}
        {%- endfor -%}
        {%- for other, rule in contract.columns.items() if rule.get('personal') == 'address' and other in columns -%}
            {%- do signs.append(names_erased(given_text('trimmed', columns, contract, other))) -%}
        {%- endfor -%}
        case when not ({{ signs | join(' or ') or 'false' }}) then {{ value }} end
    {%- endif -%}
{%- endmacro %}

{#
    Whether a text names an erased person: any one to four words of it in a row are listed. Null names nobody.
    Needs erased_list in the FROM clause.
#}
{% macro names_erased(text) -%}
    coalesce(
        list_has_any(
            erased_list.digests,
            flatten(list_transform(
                [list_filter(
                    list_transform(
                        string_split_regex(
                            lower(regexp_replace({{ text }}, '\\[ntr]', ' ', 'g')),
                            '[\x00-\x20"<>(),;:/\\|\[\]{}!?=*#&`~^$]+'
                        ),
                        lambda part: trim(part, '.''-')
                    ),
                    lambda part: part <> ''
                )],
                lambda words: flatten(list_transform(
                    range(1, 5),
                    lambda many: list_transform(
                        range(1, len(words) - many + 2),
                        lambda first: sha256(
                            erased_list.salt || 'mention:' || array_to_string(words[first:first + many - 1], ' ')
                        )
                    )
                ))
            ))
        ),
        false
    )
{%- endmacro %}

{# The raw row as JSON, of an erased person's row the mere fact. Needs erased_list in the FROM clause. #}
{% macro row_data_without_erased(row_data, relation, columns, contract, settled) -%}
    {%- if relation is none or erased_file() is none -%}
        {{ row_data }}
    {%- else -%}
        {%- set signs = [] -%}
        {%- for id in erasable_ids(columns, contract) -%}
            {%- do signs.append('starts_with(' ~ settled ~ '.' ~ id ~ ", 'erased-')") -%}
        {%- endfor -%}
        case
            when {{ (signs + [names_erased(row_data)]) | join(' or ') }} then '{"erased": "true"}'
            else {{ row_data }}
        end
    {%- endif -%}
{%- endmacro %}

{# The same of the words that say why a row is rejected: they quote a value of it. #}
{% macro detail_without_erased(detail, relation) -%}
    {%- if relation is none or erased_file() is none -%}
        {{ detail }}
    {%- else -%}
        case when {{ names_erased(detail) }} then 'erased' else {{ detail }} end
    {%- endif -%}
{%- endmacro %}
