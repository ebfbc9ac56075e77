{# The size of a change as a page shows it, without its sign. That of a share is in points: 2.3 points, USD 1,234. #}
{% macro display_change_text(change, display_format, unit, currency) -%}
    case
        when {{ unit }} = 'share' then {{ number_text('100 * abs(' ~ change ~ ')', 1) }}
        else {{ display_text('abs(' ~ change ~ ')', display_format, unit, currency) }}
    end || case when {{ unit }} in ('share', 'points', 'score') then ' points' else '' end
{%- endmacro %}
