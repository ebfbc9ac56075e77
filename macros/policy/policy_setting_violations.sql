{# Flaws of a policy whose columns are settings: each of `ranges`, (setting, least, most), is there and within its range. #}
{% macro policy_setting_violations(file, ranges) %}
    {% for setting, least, most in ranges %}
    select
        '{{ file }}: a setting is absent or out of range' as flaw,
        '{{ setting }}' as place
    from {{ ref('policy_' ~ file) }} as settings
    where not coalesce(settings.{{ setting }} between {{ least }} and {{ most }}, false)
    {{ 'union all' if not loop.last }}
    {% endfor %}
{% endmacro %}
