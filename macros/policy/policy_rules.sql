{# What a cell must be unless it is empty: pairs of a condition and its words, as in ('cells.weight > 0', 'above 0'). #}
{% macro policy_rules(name, column) %}
    {% set cell, number = 'cells.' ~ name, number_from_text('cells.' ~ name) %}
    {% set texts = [] if column.open else column.get('values', []) + column.get('each', []) %}
    {% set one_of = (cell ~ ' in (' ~ quoted_texts(texts) ~ ')', 'one of ' ~ texts | join(', ')) %}
    {% set rules = [{
        'string': one_of if texts else ('true', 'a text'),
        'boolean': ('try_cast(' ~ cell ~ ' as boolean) is not null', 'true or false'),
        'int': (number ~ ' = try_cast(' ~ number ~ ' as int)', 'a whole number'),
    }.get(column.type, (number ~ ' - ' ~ number ~ ' = 0', 'a number'))] %}
    {% for bound, sign, words in [
        ('least', '>=', 'at least'), ('above', '>', 'above'), ('most', '<=', 'at most'), ('below', '<', 'below'),
    ] %}
        {% set limits = column.get(bound, []) %}
        {% for limit in ([limits] if limits is number or limits is string else limits) %}
            {% set other = number_from_text('cells.' ~ limit) if limit is string else limit %}
            {% do rules.append(('coalesce(' ~ number ~ sign ~ other ~ ', true)', words ~ ' ' ~ limit)) %}
        {% endfor %}
    {% endfor %}
    {% for other, ranges in column.get('range_by', {}).items() %}
        {% for text, (least, most) in ranges.items() %}
            {% set is_other = 'coalesce(cells.' ~ other ~ ", '') <> " ~ quoted_text(text) %}
            {% set is_within = number ~ ' between ' ~ least ~ ' and ' ~ most %}
            {% do rules.append((
                '(' ~ is_other ~ ' or ' ~ is_within ~ ')', 'from ' ~ least ~ ' to ' ~ most ~ ' for ' ~ text,
            )) %}
        {% endfor %}
    {% endfor %}
    {{ return(rules) }}
{% endmacro %}

{# Whether a row needs the cell. #}
{% macro policy_required(column) -%}
    {%- set required = column.get('required', true) -%}
    {%- if required is mapping -%}
        {%- for other, texts in required.items() -%}
            coalesce(cells.{{ other }} in ({{ quoted_texts(texts) }}), false){{ ' or ' if not loop.last }}
        {%- endfor -%}
    {%- else -%}
        {{ required }}
    {%- endif -%}
{%- endmacro %}

{# The place of a row or of a group of rows: the cells of these columns, as the file has them. #}
{% macro policy_place(columns) -%}
    {%- for column in columns -%}
        coalesce(cells.{{ column }}, ''){{ " || ',' || " if not loop.last }}
    {%- else -%}
        cast(null as string)
    {%- endfor -%}
{%- endmacro %}

{% macro quoted_texts(texts) -%}
    {%- for text in texts -%}{{ quoted_text(text) }}{{ ', ' if not loop.last }}{%- endfor -%}
{%- endmacro %}
