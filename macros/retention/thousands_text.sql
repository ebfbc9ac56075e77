{# An amount as people say it, in thousands where it is whole ones: thousands_text(15000) is 15k. #}
{% macro thousands_text(amount) -%}
    case
        when {{ amount }} >= 1000 and mod({{ amount }}, 1000) = 0 then {{ number_text(amount ~ ' / 1000') }} || 'k'
        else {{ number_text(amount) }}
    end
{%- endmacro %}
