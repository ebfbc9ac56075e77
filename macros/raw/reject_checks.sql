{# What must hold of a row, in the order in which it is looked at; the first that does not is the row's reason. #}
{% macro reject_checks(contract, value_of, accounts, subscriptions, rates, priced, rules, amounts) %}
    {% set required, bounded, checks = {}, {}, [] %}
    {% for name, meta in contract.columns.items() %}
        {% if meta.required %}{% do required.update({name: meta}) %}{% endif %}
        {% if meta.bounds %}{% do bounded.update({name: meta}) %}{% endif %}
    {% endfor %}
    {% for name in required %}
        {% do checks.append(check('parsed.' ~ value_of[name] ~ ' is null', 'missing', name, quoted_text(name ~ ' is empty, and is required'))) %}
    {% endfor %}
    {% for name, meta in contract.columns.items() if value_of[name] != name and (meta.required or meta.type == 'currency') %}
        {% set reason = 'unknown_value' if meta.type in ('enum', 'currency') else 'unparsable' %}
        {% set given = 'parsed.' ~ value_of[name] %}
        {% set condition = 'parsed.' ~ name ~ ' is null' ~ ('' if meta.required else ' and ' ~ given ~ ' is not null') %}
        {% do checks.append(check(condition, reason, name, found(name, given, wanted_of(meta)))) %}
    {% endfor %}
    {% for name, meta in bounded.items() %}
        {% set least, most = meta.bounds %}
        {% set outside = ['parsed.' ~ name ~ (' <= ' if meta.above is defined else ' < ') ~ meta.get('above', least), 'parsed.' ~ name ~ ' > ' ~ most] %}
        {% set wanted = 'a number above ' ~ meta.above if meta.above is defined else 'a number from ' ~ least %}
        {% do checks.append(check('(' ~ outside | join(' or ') ~ ')', 'out_of_range', name, found(name, 'parsed.' ~ value_of[name], wanted ~ ' to ' ~ most))) %}
    {% endfor %}
    {% for name, meta in required.items() %}
        {% for other, ranges in meta.get('range_by', {}).items() %}
            {% for value, (least, most) in ranges.items() %}
                {% set condition = 'parsed.' ~ other ~ " = '" ~ value ~ "' and not parsed." ~ name ~ ' between ' ~ least ~ ' and ' ~ most %}
                {% set wanted = 'from ' ~ least ~ ' to ' ~ most ~ ' where ' ~ other ~ ' is ' ~ value %}
                {% do checks.append(check(condition, 'unparsable', name, found(name, 'parsed.' ~ name, wanted))) %}
            {% endfor %}
        {% endfor %}
    {% endfor %}
    {% set latest = latest_required_day() %}
    {% for name, meta in required.items() if meta.type in ('date', 'timestamp') %}
        {% set condition = 'not cast(parsed.' ~ name ~ " as date) between cast('1990-01-01' as date) and cast('" ~ latest ~ "' as date)" %}
        {% set detail = "'" ~ name ~ " is ' || cast(parsed." ~ name ~ " as string) || ', expected from 1990-01-01 to " ~ latest ~ "'" %}
        {% do checks.append(check(condition, 'out_of_range', name, detail)) %}
    {% endfor %}
    {% for parent, column in [(accounts, 'account_id'), (subscriptions, 'subscription_id')] if parent is not none %}
        {% set detail = "'no accepted " ~ column[:-3] ~ " ''' || parsed." ~ column ~ " || ''''" %}
        {% do checks.append(check(column[:-3] ~ 's.' ~ column ~ ' is null', 'orphan', column, detail)) %}
    {% endfor %}
    {% if contract.meta.interval %}
        {% set starts, ends = contract.meta.interval %}
        {% set detail = "'" ~ ends ~ " ' || cast(parsed." ~ ends ~ " as string) || ' is before " ~ starts ~ " ' || cast(parsed." ~ starts ~ " as string)" %}
        {% do checks.append(check('parsed.' ~ ends ~ ' < parsed.' ~ starts, 'interval_reversed', ends, detail)) %}
    {% endif %}
    {# A table's own rules on amounts come before the currency, all others after it. #}
    {% for name, column, condition, detail in rules if name == 'negative_mrr' %}{% do checks.append(check(condition, name, column, detail)) %}{% endfor %}
    {% if rates is not none %}
        {% set currency = currency_of(subscriptions) %}
        {% set condition = priced ~ ' and ' ~ currency ~ ' <> reporting.reporting_currency and known_rates.currency is null' %}
        {% set detail = "'no row of billing.exchange_rates for ''' || " ~ currency ~ " || ''''" %}
        {% do checks.append(check(condition, 'no_exchange_rate', 'currency', detail)) %}
        {% for column, amount in amounts.items() %}
            {% set converted = 'abs(' ~ amount ~ ') * coalesce(known_rates.highest_rate, 1)' %}
            {% set detail = "'" ~ column ~ " comes to ' || cast(" ~ converted ~ " as string) || ' in the reporting currency, expected at most " ~ ledger_limit() ~ "'" %}
            {% do checks.append(check(converted ~ ' > ' ~ ledger_limit(), 'out_of_range', column, detail)) %}
        {% endfor %}
    {% endif %}
    {% for name, column, condition, detail in rules if name != 'negative_mrr' %}{% do checks.append(check(condition, name, column, detail)) %}{% endfor %}
    {{ return(checks) }}
{% endmacro %}

{# One check of a row: the condition that rejects it, the reason as `rule:column`, and the detail as a SQL expression. #}
{% macro check(condition, rule, column, detail) %}
    {{ return({'condition': condition, 'reason': "'" ~ rule ~ ':' ~ column ~ "'", 'detail': detail}) }}
{% endmacro %}

{# The detail "amount is 'x', expected a number" as a SQL expression. #}
{% macro found(name, value, wanted) %}
    {{ return("'" ~ name ~ " is ''' || cast(" ~ value ~ " as string) || ''', expected " ~ wanted ~ "'") }}
{% endmacro %}

{# What a column of the contract takes, in words. #}
{% macro wanted_of(meta) %}
    {% set words = {
        'date': 'a date (YYYY-MM-DD)', 'timestamp': 'a timestamp (YYYY-MM-DD HH:MM:SS)', 'int': 'a whole number', 'decimal': 'a number',
        'bool': 'true or false', 'currency': 'a currency code of ISO 4217', 'enum': 'one of ' ~ meta.get('values', []) | join(', '),
    } %}
    {% set least, most = meta.range or [none, none] %}
    {% set range = (' from ' ~ least if least is not none else '') ~ (' to ' ~ most if most is not none else '') %}
    {{ return(words[meta.type] ~ range) }}
{% endmacro %}

{# The last day that a required date may bear: ten years after the run's. #}
{% macro latest_required_day() %}
    {% set day = modules.datetime.date.fromisoformat(run_date()) %}
    {{ return(day.replace(year=day.year + 10, day=28 if (day.month, day.day) == (2, 29) else day.day).isoformat()) }}
{% endmacro %}
