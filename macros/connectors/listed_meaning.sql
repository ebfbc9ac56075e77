{#
    Whether a JSON list holds an item to which source_values gives one meaning. `meanings` is an alias of
    policy_source_values, and a value that ends with * stands for all that begin with the rest.
#}
{% macro lists_value(list, meanings) -%}
    contains(
        lower({{ list }}),
        case
            when {{ meanings }}.value like '%*' then '"' || replace(lower({{ meanings }}.value), '*', '')
            else '"' || lower({{ meanings }}.value) || '"'
        end
    )
{%- endmacro %}
