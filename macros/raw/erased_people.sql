{#
    Staging finds erased people again in a later extract. The pipeline lists them in erased.csv of the warehouse, as
    salted hashes (pipeline/erased.py computes the same). Without that file these macros add no SQL.
#}
{% macro erased_rows() %}{{ return(stored_file_rows('erased') if execute else none) }}{% endmacro %}

{# Whether the rows of a table are compared with the list of erased people. #}
{% macro looks_for_erased(relation) %}{{ return(relation is not none and erased_rows() is not none) }}{% endmacro %}

{# The columns of the contract that hold a person's id, each with its kind: contact or user. #}
{% macro person_ids(columns, contract) %}
    {% set found = {} %}
    {% for name, meta in contract.columns.items() if meta.get('person') and name in columns %}
        {% do found.update({name: meta.person}) %}
    {% endfor %}
    {{ return(found) }}
{% endmacro %}

{#
    CTEs, each followed by a comma. erased_list is one row with the salt and all digests. erased_<column> has the ids of
    erased people in this extract with their pseudonyms, for each column of ids. Each id is hashed once.
#}
{% macro erased_ctes(relation, columns, contract) -%}
    {%- if looks_for_erased(relation) -%}
erased_people as (
    select
        listed.salt,
        listed.digest
    from {{ erased_rows() }} as listed
),

erased_list as (
    select
        max(erased_people.salt) as salt,
        list(erased_people.digest) as digests
    from erased_people
),

{% for name, kind in person_ids(columns, contract).items() %}
erased_{{ name }} as (
    select
        hashed.raw_id,
        'erased-' || substr(hashed.digest, 1, 16) as pseudonym
    from (
        select
            given.raw_id,
            sha256(erased_list.salt || {{ quoted_text(kind ~ ':') }} || given.raw_id) as digest
        from (
            select distinct {{ given_text('raw_source', columns, contract, name) }} as raw_id
            from {{ relation }} as raw_source
        ) as given
        cross join erased_list
    ) as hashed
    inner join erased_people
        on hashed.digest = erased_people.digest
),

{% endfor %}
    {%- endif -%}
{%- endmacro %}

{# The joins that raw_rows needs for erased_value. #}
{% macro erased_joins(relation, columns, contract) -%}
    {%- if looks_for_erased(relation) %}
    cross join erased_list
    {% for name in person_ids(columns, contract) %}
    left join erased_{{ name }}
        on {{ given_text('trimmed', columns, contract, name) }} = erased_{{ name }}.raw_id
    {% endfor %}
    {%- endif -%}
{%- endmacro %}

{# The join that `settled` needs for row_data_without_erased and detail_without_erased. #}
{% macro erased_list_join(relation) -%}
    {%- if looks_for_erased(relation) %}
    cross join erased_list
    {%- endif -%}
{%- endmacro %}
