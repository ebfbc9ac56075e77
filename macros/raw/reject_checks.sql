{#
    The branches of a CASE that judge a row, in the order of the checks: the first that applies gives the row's reason.

    part      reason: the branches return `rule:column`, detail: they return words that quote the value
#}
{% macro reject_checks(part, contract, value_of, accounts, subscriptions, rates, priced, rules, amounts) %}
            {{ value_checks(part, contract, value_of) }}
            {{ range_checks(part, contract, value_of) }}
            {{ parent_checks(part, accounts, subscriptions) }}
            {{ interval_check(part, contract) }}
            {# A table's own rules on amounts come before the currency, all others after it. #}
            {{ own_checks(part, rules | selectattr(0, 'equalto', 'negative_mrr')) }}
            {% if rates is not none %}
            {{ money_checks(part, subscriptions, priced, amounts) }}
            {% endif %}
            {{ own_checks(part, rules | rejectattr(0, 'equalto', 'negative_mrr')) }}
{% endmacro %}

{# The result of a branch: the reason, or the detail that the caller writes. #}
{% macro rejected(part, rule, column) -%}
    {{ "'" ~ rule ~ ':' ~ column ~ "'" if part == 'reason' else caller() | trim }}
{%- endmacro %}

{# The detail: amount is 'x', expected a number. #}
{% macro value_found(name, value, expected) -%}
    '{{ name }} is ''' || cast({{ value }} as string) || ''', expected {{ expected }}'
{%- endmacro %}

{# A required value is empty or does not parse, or a currency is unknown. #}
{% macro value_checks(part, contract, value_of) %}
    {% for name, meta in contract.columns.items() if meta.required %}
            when parsed.{{ value_of[name] }} is null
                then {% call rejected(part, 'missing', name) %}'{{ name }} is empty, and is required'{% endcall %}
    {% endfor %}
    {% for name, meta in contract.columns.items() %}
    {% if value_of[name] != name and (meta.required or meta.type == 'currency') %}
    {% set given = 'parsed.' ~ value_of[name] %}
    {% set rule = 'unknown_value' if meta.type in ('enum', 'currency') else 'unparsable' %}
            when parsed.{{ name }} is null{{ ' and ' ~ given ~ ' is not null' if not meta.required }}
                then {% call rejected(part, rule, name) %}
                {{ value_found(name, given, expected_of(meta)) }}
                {% endcall %}
    {% endif %}
    {% endfor %}
{% endmacro %}

{# A number is out of bounds, by itself or given another column, or a required date is. #}
{% macro range_checks(part, contract, value_of) %}
    {% for name, meta in contract.columns.items() if meta.bounds %}
    {% set least, most = meta.bounds %}
    {% set is_open = meta.above is defined %}
    {% set expected = 'a number ' ~ ('above ' ~ meta.above if is_open else 'from ' ~ least) ~ ' to ' ~ most %}
            when (
                parsed.{{ name }} {{ '<= ' ~ meta.above if is_open else '< ' ~ least }}
                or parsed.{{ name }} > {{ most }}
            )
                then {% call rejected(part, 'out_of_range', name) %}
                {{ value_found(name, 'parsed.' ~ value_of[name], expected) }}
                {% endcall %}
    {% endfor %}
    {% for name, meta in contract.columns.items() if meta.required %}
    {% for other, ranges in meta.get('range_by', {}).items() %}
    {% for value, (least, most) in ranges.items() %}
    {% set expected = 'from ' ~ least ~ ' to ' ~ most ~ ' where ' ~ other ~ ' is ' ~ value %}
            when parsed.{{ other }} = '{{ value }}' and not parsed.{{ name }} between {{ least }} and {{ most }}
                then {% call rejected(part, 'unparsable', name) %}
                {{ value_found(name, 'parsed.' ~ name, expected) }}
                {% endcall %}
    {% endfor %}
    {% endfor %}
    {% endfor %}
    {% set first, last = '1990-01-01', latest_required_day() %}
    {% for name, meta in contract.columns.items() if meta.required and meta.type in ('date', 'timestamp') %}
            when not cast(parsed.{{ name }} as date) between cast('{{ first }}' as date) and cast('{{ last }}' as date)
                then {% call rejected(part, 'out_of_range', name) %}
                '{{ name }} is ' || cast(parsed.{{ name }} as string) || ', expected from {{ first }} to {{ last }}'
                {% endcall %}
    {% endfor %}
{% endmacro %}

{# The account or the subscription of a row is not accepted. #}
{% macro parent_checks(part, accounts, subscriptions) %}
    {% for parent, name in [(accounts, 'account'), (subscriptions, 'subscription')] if parent is not none %}
            when {{ name }}s.{{ name }}_id is null
                then {% call rejected(part, 'orphan', name ~ '_id') %}
                'no accepted {{ name }} ''' || parsed.{{ name }}_id || ''''
                {% endcall %}
    {% endfor %}
{% endmacro %}

{# An interval ends before it starts. #}
{% macro interval_check(part, contract) %}
    {% if contract.meta.interval %}
    {% set starts, ends = contract.meta.interval %}
            when parsed.{{ ends }} < parsed.{{ starts }}
                then {% call rejected(part, 'interval_reversed', ends) %}
                '{{ ends }} ' || cast(parsed.{{ ends }} as string)
                    || ' is before {{ starts }} ' || cast(parsed.{{ starts }} as string)
                {% endcall %}
    {% endif %}
{% endmacro %}

{# The currency has no rate, or an amount in the reporting currency is more than the ledger holds. #}
{% macro money_checks(part, subscriptions, priced, amounts) %}
    {% set currency = currency_of(subscriptions) %}
            when {{ priced }} and {{ currency }} <> reporting.reporting_currency and known_rates.currency is null
                then {% call rejected(part, 'no_exchange_rate', 'currency') %}
                'no row of billing.exchange_rates for ''' || {{ currency }} || ''''
                {% endcall %}
    {% for column, amount in amounts.items() %}
    {% set converted = 'abs(' ~ amount ~ ') * coalesce(known_rates.highest_rate, 1)' %}
            when {{ converted }} > {{ ledger_limit() }}
                then {% call rejected(part, 'out_of_range', column) %}
                '{{ column }} comes to ' || cast({{ converted }} as string)
                    || ' in the reporting currency, expected at most {{ ledger_limit() }}'
                {% endcall %}
    {% endfor %}
{% endmacro %}

{# Rules of the table itself, as judged_rows takes them. #}
{% macro own_checks(part, rules) %}
    {% for rule, column, condition, detail in rules %}
            when {{ condition }}
                then {% call rejected(part, rule, column) %}{{ detail }}{% endcall %}
    {% endfor %}
{% endmacro %}

{# The words for what a column of the contract takes. #}
{% macro expected_of(meta) %}
    {% set words = {
        'date': 'a date (YYYY-MM-DD)',
        'timestamp': 'a timestamp (YYYY-MM-DD HH:MM:SS)',
        'int': 'a whole number',
        'decimal': 'a number',
        'bool': 'true or false',
        'currency': 'a currency code of ISO 4217',
        'enum': 'one of ' ~ meta.get('values', []) | join(', '),
    } %}
    {% set least, most = meta.range or [none, none] %}
    {% set range = (' from ' ~ least if least is not none else '') ~ (' to ' ~ most if most is not none else '') %}
    {{ return(words[meta.type] ~ range) }}
{% endmacro %}

{# The last day that a required date may have: ten years after the run's. #}
{% macro latest_required_day() %}
    {% set day = modules.datetime.date.fromisoformat(run_date()) %}
    {{ return(day.replace(year=day.year + 10, day=28 if (day.month, day.day) == (2, 29) else day.day).isoformat()) }}
{% endmacro %}
