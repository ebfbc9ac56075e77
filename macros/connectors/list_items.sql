{#
    The items of a list of plain texts or numbers, one row each as (list_id, item). `rows` is a relation, `id` and
    `list` are columns of it, and the list is JSON text such as [12, 13]. A list has at most 1,000 items.
#}
{% macro list_items(rows, id, list) %}
{% set digits = [] %}
{% for digit in range(10) %}{% do digits.append('select ' ~ digit ~ ' as digit') %}{% endfor %}
select
    lists.list_id,
    split_part(lists.items, ',', cast(positions.place as int)) as item
from (
    select
        given.{{ id }} as list_id,
        {{ list_text('given.' ~ list) }} as items
    from {{ rows }} as given
    where {{ list_text('given.' ~ list) }} <> ''
) as lists
inner join (
    select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1 as place
    from ({{ digits | join(' union all ') }}) as ones
    cross join ({{ digits | join(' union all ') }}) as tens
    cross join ({{ digits | join(' union all ') }}) as hundreds
) as positions
    on positions.place <= length(lists.items) - length(replace(lists.items, ',', '')) + 1
{% endmacro %}

{# A JSON list without its brackets, quotes and spaces. #}
{% macro list_text(list) -%}
    replace(replace(replace(replace({{ list }}, '[', ''), ']', ''), '"', ''), ' ', '')
{%- endmacro %}

{# The first item of a JSON list, or the text itself if it is none. #}
{% macro first_of_list(value) -%}
    case
        when {{ value }} like '["%' then split_part({{ value }}, '"', 2)
        when {{ value }} like '[%' then nullif(split_part({{ list_text(value) }}, ',', 1), '')
        else {{ value }}
    end
{%- endmacro %}
