{# A text as it stands in a link, so that no `&` or `=` of a key splits it: url_encoded("'a&b c'") is a%26b%20c. #}
{% macro url_encoded(value) %}{{ return(adapter.dispatch('url_encoded')(value)) }}{% endmacro %}

{% macro default__url_encoded(value) %}url_encode({{ value }}){% endmacro %}

{# Java writes a space as a plus and leaves the star. #}
{% macro spark__url_encoded(value) -%}
    replace(replace(replace(url_encode({{ value }}), '+', '%20'), '*', '%2A'), '%7E', '~')
{%- endmacro %}
