{# A share won that leans on an expected one, as if `weight` more events had come out as expected. #}
{% macro shrunk_rate(won, events, expected_rate, weight) -%}
    ({{ won }} + {{ weight }} * {{ expected_rate }}) / ({{ events }} + {{ weight }})
{%- endmacro %}

{#
    A rate moved by the difference between two others: moved_rate(rate, from_rate, to_rate). Its p ÷ (1 - p) is
    multiplied by that of to_rate ÷ that of from_rate, so that it stays between 0 and 1.
#}
{% macro moved_rate(rate, from_rate, to_rate) -%}
    coalesce(
        {{ rate }} * {{ to_rate }} * (1 - {{ from_rate }})
        / nullif(
            {{ rate }} * {{ to_rate }} * (1 - {{ from_rate }})
            + (1 - {{ rate }}) * (1 - {{ to_rate }}) * {{ from_rate }},
            0
        ),
        {{ to_rate }}
    )
{%- endmacro %}
