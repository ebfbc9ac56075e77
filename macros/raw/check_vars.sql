{#
    Checks the vars before any model runs. One message names every var that should be a date, a number or a name in SQL
    and is not. dbt itself puts the schema and the database of the raw tables into SQL unquoted.
#}
{% macro check_vars() %}
    {% if not execute %}{{ return('') }}{% endif %}
    {% set day, whole, plain = '[0-9]{4}-[0-9]{2}-[0-9]{2}', '[0-9]{1,9}', '[^\'"`;\\\\]*' %}
    {% set rules = {
        'as_of_date': ('auto|' ~ day, 'auto or a date such as 2025-06-30'),
        'run_date': ('today|' ~ day, 'today or a date such as 2025-06-30'),
        'fx_rate_on': ('auto|' ~ day, 'auto or a date such as 2025-01-01'),
        'reporting_currency': ('auto|[A-Za-z]{3}', 'auto or a code of three letters such as USD'),
        'raw_schema': (plain, 'the name of a schema'),
        'raw_database': (plain, 'the name of a database'),
        'late_arrival_days': (whole, 'a whole number of days'),
        'max_rejected_rows': (whole, 'a whole number of rows'),
        'max_rejected_share': ('[0-9]*[.]?[0-9]+(e-[0-9]+)?', 'a share such as 0.01'),
    } %}
    {% set flaws = [] %}
    {% for name, (pattern, expected) in rules.items() %}
        {% set value = var(name, '') | string %}
        {% set is_date = modules.re.fullmatch(day, value) and day in pattern %}
        {% if not modules.re.fullmatch(pattern, value) or is_date and not is_day(value) %}
            {% do flaws.append(name ~ ' is ' ~ tojson(value) ~ ', expected ' ~ expected) %}
        {% endif %}
    {% endfor %}
    {% do flaws.extend(flaws_of_sources()) %}
    {% if flaws %}
        {{ exceptions.raise_compiler_error(
            'Vars: ' ~ flaws | length ~ ' cannot be used:\n  - ' ~ flaws | join('\n  - ')
            ~ '\nCorrect them where you set them: --vars, CS_SOURCES or dbt_project.yml. README.md lists every var.'
        ) }}
    {% endif %}
{% endmacro %}

{# What is wrong with the names and places of `sources`. #}
{% macro flaws_of_sources() %}
    {% set flaws, systems = [], connector_systems() %}
    {% if var('sources', {}) is not mapping %}
        {% do flaws.append(
            'sources is ' ~ tojson(var('sources')) ~ ', expected a system and its place, as in '
            ~ '{stripe: raw_stripe, zendesk: /data/zendesk}'
        ) %}
        {{ return(flaws) }}
    {% endif %}
    {% for system, place in named_sources().items() %}
        {% if system not in systems %}
            {% do flaws.append('sources names ' ~ tojson(system) ~ ', expected one of ' ~ systems | join(', ')) %}
        {% elif not place or not modules.re.fullmatch('[^\'"`;\\\\]+', place | string) %}
            {% do flaws.append('sources.' ~ system ~ ' is ' ~ tojson(place) ~ ', expected a schema or a folder') %}
        {% endif %}
    {% endfor %}
    {% if var('base_crm', 'salesforce') not in crm_systems() %}
        {% do flaws.append('base_crm is ' ~ tojson(var('base_crm')) ~ ', expected salesforce or hubspot') %}
    {% endif %}
    {{ return(flaws) }}
{% endmacro %}

{# Whether a text YYYY-MM-DD is a day of the calendar. #}
{% macro is_day(text) %}
    {% set year, month, number = text.split('-') | map('int') %}
    {% set leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) %}
    {% set days = {2: 29 if leap else 28, 4: 30, 6: 30, 9: 30, 11: 30}.get(month, 31) %}
    {{ return(year >= 1 and 1 <= month <= 12 and 1 <= number <= days) }}
{% endmacro %}
