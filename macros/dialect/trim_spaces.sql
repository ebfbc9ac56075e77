{#
    Text without the invisible characters around it: spaces of any script, tabs, line ends, zero-width characters and
    byte order marks. trim_spaces(value).
#}
{% macro trim_spaces(value) %}{{ return(adapter.dispatch('trim_spaces')(value)) }}{% endmacro %}

{# trim() reads every character, so it runs only if an end is not visible ASCII or the text has other characters. #}
{% macro default__trim_spaces(value) -%}
    case
        when {{ value }} < '!' or right({{ value }}, 1) <= ' ' or strlen({{ value }}) <> length({{ value }})
            then trim({{ value }}, '{{ unseen_characters() }}')
        else {{ value }}
    end
{%- endmacro %}

{% macro spark__trim_spaces(value) -%}
    trim(both '{{ unseen_characters() }}' from {{ value }})
{%- endmacro %}

{# Control and space characters of ASCII, then those of Unicode. #}
{% macro unseen_characters() %}
    {{ return(
        ' \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u180e'
        ~ '\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a'
        ~ '\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff'
    ) }}
{% endmacro %}
