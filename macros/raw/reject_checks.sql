{# What must hold of a row, in the order in which it is looked at; the first that does not is the row's reason. #}
{% macro reject_checks(contract, value_of, accounts, subscriptions, rates, priced, rules) %}
    {% set checks = [] %}
    {% set expected = {'date': 'a date (YYYY-MM-DD)', 'timestamp': 'a timestamp (YYYY-MM-DD HH:MM:SS)', 'int': 'a whole number', 'decimal': 'a number', 'bool': 'true or false'} %}
    {% set required = {} %}
    {% for name, meta in contract.columns.items() if meta.required %}{% do required.update({name: meta}) %}{% endfor %}
    {% for name in required %}
        {% do checks.append({'condition': 'parsed.' ~ value_of[name] ~ ' is null', 'reason': "'missing:" ~ name ~ "'", 'detail': "'" ~ name ~ " is empty, and is required'"}) %}
    {% endfor %}
    {% for name, meta in required.items() if value_of[name] != name %}
        {% set wanted = 'one of ' ~ meta['values'] | join(', ') if meta.type == 'enum' else expected[meta.type] ~ (' from ' ~ meta.range[0] ~ ' to ' ~ meta.range[1] if meta.range else '') %}
        {% do checks.append({
            'condition': 'parsed.' ~ name ~ ' is null',
            'reason': "'" ~ ('unknown_value' if meta.type == 'enum' else 'unparsable') ~ ":" ~ name ~ "'",
            'detail': "'" ~ name ~ " is ''' || cast(parsed." ~ value_of[name] ~ " as string) || ''', expected " ~ wanted ~ "'",
        }) %}
    {% endfor %}
    {% for name, meta in required.items() %}
        {% for other, ranges in meta.get('range_by', {}).items() %}
            {% for value, (least, most) in ranges.items() %}
                {% do checks.append({
                    'condition': 'parsed.' ~ other ~ " = '" ~ value ~ "' and not parsed." ~ name ~ ' between ' ~ least ~ ' and ' ~ most,
                    'reason': "'unparsable:" ~ name ~ "'",
                    'detail': "'" ~ name ~ " is ''' || cast(parsed." ~ name ~ " as string) || ''', expected from " ~ least ~ ' to ' ~ most ~ ' where ' ~ other ~ ' is ' ~ value ~ "'",
                }) %}
            {% endfor %}
        {% endfor %}
    {% endfor %}
    {% set day = modules.datetime.date.fromisoformat(run_date()) %}
    {% set latest = day.replace(year=day.year + 10, day=28 if (day.month, day.day) == (2, 29) else day.day).isoformat() %}
    {% for name, meta in required.items() if meta.type in ('date', 'timestamp') %}
        {% do checks.append({
            'condition': 'not cast(parsed.' ~ name ~ " as date) between cast('1990-01-01' as date) and cast('" ~ latest ~ "' as date)",
            'reason': "'out_of_range:" ~ name ~ "'",
            'detail': "'" ~ name ~ " is ' || cast(parsed." ~ name ~ " as string) || ', expected from 1990-01-01 to " ~ latest ~ "'",
        }) %}
    {% endfor %}
    {% for parent, column in [(accounts, 'account_id'), (subscriptions, 'subscription_id')] if parent is not none %}
        {% do checks.append({
            'condition': column[:-3] ~ 's.' ~ column ~ ' is null',
            'reason': "'orphan:" ~ column ~ "'",
            'detail': "'no accepted " ~ column[:-3] ~ " ''' || parsed." ~ column ~ " || ''''",
        }) %}
    {% endfor %}
    {% if contract.meta.interval %}
        {% set starts, ends = contract.meta.interval %}
        {% do checks.append({
            'condition': 'parsed.' ~ ends ~ ' < parsed.' ~ starts,
            'reason': "'interval_reversed:" ~ ends ~ "'",
            'detail': "'" ~ ends ~ " ' || cast(parsed." ~ ends ~ " as string) || ' is before " ~ starts ~ " ' || cast(parsed." ~ starts ~ " as string)",
        }) %}
    {% endif %}
    {# An amount is looked at before its currency, all else of a table's own after it. #}
    {% for name, column, condition, detail in rules if name == 'negative_mrr' %}
        {% do checks.append({'condition': condition, 'reason': "'" ~ name ~ ':' ~ column ~ "'", 'detail': detail}) %}
    {% endfor %}
    {% if rates is not none %}
        {% do checks.append({
            'condition': priced ~ ' and ' ~ currency_of(subscriptions) ~ ' <> reporting.reporting_currency and known_rates.currency is null',
            'reason': "'no_exchange_rate:currency'",
            'detail': "'no row of billing.exchange_rates for ''' || " ~ currency_of(subscriptions) ~ " || ''''",
        }) %}
    {% endif %}
    {% for name, column, condition, detail in rules if name != 'negative_mrr' %}
        {% do checks.append({'condition': condition, 'reason': "'" ~ name ~ ':' ~ column ~ "'", 'detail': detail}) %}
    {% endfor %}
    {{ return(checks) }}
{% endmacro %}
