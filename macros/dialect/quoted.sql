{# A name from data, a file or the environment as a safe SQL identifier: quoted_name('a"b') is "a""b". #}
{% macro quoted_name(name) %}{{ return(adapter.dispatch('quoted_name')(name)) }}{% endmacro %}

{% macro default__quoted_name(name) %}{{ return('"' ~ (name | string | replace('"', '""')) ~ '"') }}{% endmacro %}

{% macro spark__quoted_name(name) %}{{ return('`' ~ (name | string | replace('`', '``')) ~ '`') }}{% endmacro %}

{# A text as a safe SQL literal: quoted_text("it's") is 'it''s'. #}
{% macro quoted_text(text) %}{{ return(adapter.dispatch('quoted_text')(text)) }}{% endmacro %}

{% macro default__quoted_text(text) %}{{ return("'" ~ (text | string | replace("'", "''")) ~ "'") }}{% endmacro %}

{% macro spark__quoted_text(text) %}
    {{ return("'" ~ (text | string | replace('\\', '\\\\') | replace("'", "\\'")) ~ "'") }}
{% endmacro %}
