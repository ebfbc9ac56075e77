{# An id or a text as the warehouse reads it, from the extract (raw_source) or from trimmed rows. #}
{% macro given_text(relation, columns, contract, name) -%}
    {%- set meta = contract.columns[name] -%}
    {%- set value = raw_value(columns, name, meta) if relation == 'raw_source' else relation ~ '.' ~ name -%}
    {{- given_value(value, meta, native_kind(columns, name)) -}}
{%- endmacro %}

{# The raw text of a column as staging may use it: a pseudonym or null for an erased person. #}
{% macro erased_value(value, relation, columns, contract, name) -%}
    {%- set meta = contract.columns[name] -%}
    {%- set is_personal = name in columns and (meta.get('person') or meta.get('personal')) -%}
    {%- if not is_personal or not looks_for_erased(relation) -%}
        {{ value }}
    {%- elif meta.get('person') -%}
        coalesce(erased_{{ name }}.pseudonym, {{ value }})
    {%- elif meta.personal == 'text' -%}
        case when not {{ mentions_erased(value) }} then {{ value }} end
    {%- else -%}
        {%- set signs = [] -%}
        {%- for id in person_ids(columns, contract) -%}
            {%- do signs.append('erased_' ~ id ~ '.raw_id is not null') -%}
        {%- endfor -%}
        {%- for other, rule in contract.columns.items() if rule.get('personal') == 'address' and other in columns -%}
            {%- do signs.append(mentions_erased(given_text('trimmed', columns, contract, other))) -%}
        {%- endfor -%}
        case when not ({{ signs | join(' or ') or 'false' }}) then {{ value }} end
    {%- endif -%}
{%- endmacro %}

{#
    Whether a text names an erased person, false for null: it looks up each sequence of one to four words in the list.
    Needs erased_list in the FROM clause.
#}
{% macro mentions_erased(text) -%}
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

{# The raw row as JSON, for an erased person only the fact of the erasure. Needs erased_list_join. #}
{% macro row_data_without_erased(row_data, relation, columns, contract, settled) -%}
    {%- if not looks_for_erased(relation) -%}
        {{ row_data }}
    {%- else -%}
        {%- set signs = [] -%}
        {%- for id in person_ids(columns, contract) -%}
            {%- do signs.append('starts_with(' ~ settled ~ '.' ~ id ~ ", 'erased-')") -%}
        {%- endfor -%}
        case
            when {{ (signs + [mentions_erased(row_data)]) | join(' or ') }} then '{"erased": "true"}'
            else {{ row_data }}
        end
    {%- endif -%}
{%- endmacro %}

{# The words that give the reason of a rejection, because they quote a value of the row. Needs erased_list_join. #}
{% macro detail_without_erased(detail, relation) -%}
    {%- if not looks_for_erased(relation) -%}
        {{ detail }}
    {%- else -%}
        case when {{ mentions_erased(detail) }} then 'erased' else {{ detail }} end
    {%- endif -%}
{%- endmacro %}
