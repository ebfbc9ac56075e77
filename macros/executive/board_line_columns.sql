{# What a line of a board memo states beside its text: a value of `evidence`, an owner and days of a `step`, or null. #}
{% macro board_line_columns(evidence=none, step=none) -%}
    {%- for name, kind in {
        'mart': 'string', 'figure': 'string', 'segment': 'string', 'value': 'double', 'unit': 'string',
        'target': 'double', 'is_met': 'boolean',
    }.items() %}
    {{ evidence ~ '.' ~ name if evidence else 'cast(null as ' ~ kind ~ ')' }} as {{ name }},
    {%- endfor %}
    {{ step ~ '.owner_role' if step else 'cast(null as string)' }} as owner_role,
    {{ step ~ '.within_days' if step else 'cast(null as int)' }} as within_days
{%- endmacro %}
