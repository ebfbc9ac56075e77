{#
    The text at a path of a JSON value, null if there is none: json_text('events.groups', 'org.name'). `type` is the
    engine's type of the value. Text that is no JSON has no path.
#}
{% macro json_text(value, path, type='varchar') %}
    {{- return(adapter.dispatch('json_text')(value, path, type)) -}}
{% endmacro %}

{% macro default__json_text(value, path, type) -%}
    {%- set keys = [] -%}
    {%- for key in path.split('.') -%}{%- do keys.append('"' ~ key ~ '"') -%}{%- endfor -%}
    {%- set at = quoted_text('$.' ~ keys | join('.')) -%}
    {%- if type in ('varchar', 'string') -%}
        case when json_valid({{ value }}) then json_extract_string({{ value }}, {{ at }}) end
    {%- else -%}
        json_extract_string(to_json({{ value }}), {{ at }})
    {%- endif -%}
{%- endmacro %}

{% macro spark__json_text(value, path, type) -%}
    {%- set text = value if type in ('varchar', 'string') else 'to_json(' ~ value ~ ')' -%}
    get_json_object({{ text }}, {{ quoted_text('$.' ~ path) }})
{%- endmacro %}
