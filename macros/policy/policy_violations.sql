{# Cells that are missing, or are not what the contract expects. #}
{% macro cell_violations(contract) %}
    {% for name, column in contract.cells.items() %}
    {% set rules = policy_rules(name, column) %}
    {{ 'union all' if not loop.first }}
    select
        {{ quoted_text(column.get('setting', name)) if contract.settings else policy_place(contract.grain) }} as place,
        '{{ column.get('value', contract.settings[1]) if contract.settings else name }} is '
        || coalesce('''' || cells.{{ name }} || '''', 'missing')
        || {{ quoted_text(', expected ' ~ rules | map('last') | join(', ')) }} as violation
    from cells
    where
        case
            when cells.{{ name }} is null then {{ policy_required(column) }}
            else not coalesce({{ rules | map('first') | join(' and ') }}, false)
        end
    {% endfor %}
{% endmacro %}

{# Rows that are missing, and rows of one key. #}
{% macro row_violations(contract) %}
    {% set key = [] %}
    {% for name in contract.grain %}{% do key.append(policy_value(contract, name)) %}{% endfor %}
    union all
    select
        min({{ policy_place(contract.grain) }}) as place,
        'the row is there ' || count(*) || ' times, expected once' as violation
    from cells
    group by {{ key | join(', ') }}
    having count(*) > 1
    {% for name, column in contract.cells.items() %}
    {% for text in column.get('each', []) %}
    union all
    select
        {{ quoted_text(text) }} as place,
        'no row has this {{ name }}, expected one' as violation
    from cells
    having count_if(cells.{{ name }} = {{ quoted_text(text) }}) = 0
    {% endfor %}
    {% endfor %}
{% endmacro %}

{# Groups of rows whose numbers come twice, or do not start or add up as the contract expects. #}
{% macro group_violations(contract) %}
    {% for name, column in contract.cells.items() %}
    {% set number, within = 'cast(' ~ policy_value(contract, name) ~ ' as double)', [] %}
    {% for other in column.get('within', []) %}{% do within.append('cells.' ~ other) %}{% endfor %}
    {% if column.unique or column.starts_at is defined %}
    union all
    select
        min({{ policy_place(contract.grain) }}) as place,
        '{{ name }} ' || min(cells.{{ name }}) || ' is there ' || count(*) || ' times, expected once' as violation
    from cells
    where {{ number }} is not null
    group by {{ (within + [number]) | join(', ') }}
    having count(*) > 1
    {% endif %}
    {% set limits = [('lowest', 'min', column.starts_at), ('sum of', 'sum', column.sums_to)] %}
    {% for word, sum, expected in limits if expected is defined %}
    union all
    select
        {{ policy_place(column.get('within', [])) }} as place,
        'the {{ word }} {{ name }} is ' || round({{ sum }}({{ number }}), 6) || ', expected {{ expected }}' as violation
    from cells
    {{ 'group by ' ~ within | join(', ') if within }}
    having abs({{ sum }}({{ number }}) - {{ expected }}) >= 0.000001
    {% endfor %}
    {% endfor %}
{% endmacro %}

{# Rows of a file of settings that name none, or one that another row names. #}
{% macro setting_violations(contract) %}
    {% set known = [] %}
    {% for name, column in contract.cells.items() %}{% do known.append(column.get('setting', name)) %}{% endfor %}
    union all
    select
        {{ policy_text(contract.settings[0]) }} as place,
        case
            when count(*) > 1 then 'the setting is there ' || count(*) || ' times, expected once'
            else {{ quoted_text('no such setting, expected one of ' ~ known | unique | join(', ')) }}
        end as violation
    from {{ policy_source(contract, contract.default_rows) }} as policy_source
    group by {{ policy_text(contract.settings[0]) }}
    having count(*) > 1 or not coalesce({{ policy_text(contract.settings[0]) }} in ({{ quoted_texts(known) }}), false)
{% endmacro %}
