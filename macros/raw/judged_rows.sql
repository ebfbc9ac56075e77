{#
    Every row of a raw table, typed by the contract, with the verdict on it in row_status:
    accepted, duplicate or rejected (reject_reason, reject_detail). Nothing is dropped.

    accounts, subscriptions    relations whose rows the table must point at
    rates, reporting           relations with the known currencies and the reporting currency
    priced                     condition under which the row's currency matters
    rules                      further rules of the table: (name, column, condition that breaks it, detail)
    settles_duplicates         false for usage, whose repeated rows are settled day by day as they are rolled up
#}
{% macro judged_rows(system, table, accounts=none, subscriptions=none, rates=none, reporting=none, priced='true', rules=[], settles_duplicates=true) %}
{% set relation = raw_relation(system, table) %}
{% if not execute %}{{ return('select 1 as not_compiled_yet') }}{% endif %}
{% set contract = raw_contract(system, table) %}
{% set columns = raw_columns(relation) %}
{% do fail_on_missing_columns(system, table, contract, columns) %}
{% set text_of = {} %}
{% set optional_parsed = [] %}
{% for name, meta in contract.columns.items() %}
    {% set is_text = meta.type in ('id', 'text') %}
    {% do text_of.update({name: name if is_text or is_typed_already(columns, name, meta) else name ~ '__text'}) %}
    {% if not meta.required and not is_text %}{% do optional_parsed.append(name) %}{% endif %}
{% endfor %}
{% set checks = reject_checks(contract, text_of, accounts, subscriptions, rates, priced, rules) %}
{% set series = contract.meta.get('series') %}
with

raw_rows as (
    select
        {% for name, meta in contract.columns.items() %}
        {% if meta.type in ('id', 'text') %}
        {{ 'upper(' ~ raw_text(columns, name) ~ ')' if name == 'currency' else raw_text(columns, name) }} as {{ name }},
        {% elif text_of[name] == name %}
        cast(raw_source.{{ adapter.quote(columns[name].name) }} as {{ contract_sql_type(meta.type) }}) as {{ name }},
        {% else %}
        {{ raw_text(columns, name) }} as {{ text_of[name] }},
        {% endif %}
        {% endfor %}
        {{ raw_row_data(columns) }} as row_data
    from {{ relation if relation is not none else '(select 1 as absent)' }} as raw_source
    {% if relation is none %}
    where 1 = 0
    {% endif %}
),

parsed as (
    select
        raw_rows.*,
        {% for name, meta in contract.columns.items() if text_of[name] != name %}
        {{ parse_raw('raw_rows.' ~ text_of[name], meta) }} as {{ name }},
        {% endfor %}
        {{ row_key(contract, text_of) }} as row_key,
        {% if settles_duplicates %}
        row_number() over (partition by raw_rows.row_data order by raw_rows.row_data) as copy_number
        {% else %}
        1 as copy_number
        {% endif %}
    from raw_rows
),

checked as (
    select
        parsed.*,
        {% for column in ['reason', 'detail'] %}
        case
            {% for check in checks %}
            when {{ check.condition }} then {{ check[column] }}
            {% endfor %}
        end as own_{{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from parsed
    {% if accounts is not none %}
    left join {{ accounts }} as accounts
        on parsed.account_id = accounts.account_id
    {% endif %}
    {% if subscriptions is not none %}
    left join {{ subscriptions }} as subscriptions
        on parsed.subscription_id = subscriptions.subscription_id
    {% endif %}
    {% if rates is not none %}
    cross join {{ reporting }} as reporting
    left join (select distinct rates.currency from {{ rates }} as rates) as known_rates
        on parsed.currency = known_rates.currency
    {% endif %}
),

ranked as (
    select
        checked.*,
        {% if settles_duplicates %}
        row_number() over (
            partition by checked.{{ contract.meta.key | join(', checked.') }},
                case when checked.own_reason is null and checked.copy_number = 1 then 1 else 0 end
            order by {{ last_first(contract) }} checked.row_data desc
        ) as key_number
        {% else %}
        1 as key_number
        {% endif %}
    from checked
),

settled as (
    select
        ranked.*,
        {% if series %}
        {% set starts, ends = contract.meta.interval %}
        max(case when ranked.copy_number = 1 and ranked.own_reason is null and ranked.key_number = 1 then ranked.{{ ends }} end) over (
            partition by ranked.{{ series | join(', ranked.') }}
            order by ranked.{{ starts }}
            rows between unbounded preceding and 1 preceding
        ) as series_ends_on,
        ranked.{{ starts }} as series_starts_on
        {% else %}
        cast(null as date) as series_ends_on,
        cast(null as date) as series_starts_on
        {% endif %}
    from ranked
),

final as (
    select
        {% for name in contract.columns %}
        settled.{{ name }},
        {% endfor %}
        {% for name in optional_parsed %}
        {% if text_of[name] == name %}
        cast(null as string) as {{ name }}__invalid,
        {% else %}
        case when settled.{{ name }} is null then settled.{{ text_of[name] }} end as {{ name }}__invalid,
        {% endif %}
        {% endfor %}
        settled.row_key,
        settled.row_data,
        case
            when settled.copy_number > 1 then 'duplicate'
            when settled.own_reason is not null then 'rejected'
            when settled.key_number > 1 then 'duplicate'
            when settled.series_starts_on < settled.series_ends_on then 'rejected'
            else 'accepted'
        end as row_status,
        case
            when settled.copy_number > 1 then null
            when settled.own_reason is not null then settled.own_reason
            when settled.key_number > 1 then null
            when settled.series_starts_on < settled.series_ends_on then 'overlap:{{ contract.meta.interval[0] if series else '' }}'
        end as reject_reason,
        case
            when settled.own_reason is not null then settled.own_detail
            when settled.series_starts_on < settled.series_ends_on
                then 'starts ' || cast(settled.series_starts_on as string) || ', before the end ' || cast(settled.series_ends_on as string) || ' of the row before it'
        end as reject_detail
    from settled
)

select * from final
{% endmacro %}

{# What must hold of a row, in the order in which it is looked at; the first that does not is the row's reason. #}
{% macro reject_checks(contract, text_of, accounts, subscriptions, rates, priced, rules) %}
    {% set checks = [] %}
    {% set expected = {'date': 'a date (YYYY-MM-DD)', 'timestamp': 'a timestamp (YYYY-MM-DD HH:MM:SS)', 'int': 'a whole number', 'decimal': 'a number', 'bool': 'true or false'} %}
    {% set required = {} %}
    {% for name, meta in contract.columns.items() if meta.required %}{% do required.update({name: meta}) %}{% endfor %}
    {% for name in required %}
        {% do checks.append({'condition': 'parsed.' ~ text_of[name] ~ ' is null', 'reason': "'missing:" ~ name ~ "'", 'detail': "'" ~ name ~ " is empty, and is required'"}) %}
    {% endfor %}
    {% for name, meta in required.items() if text_of[name] != name %}
        {% set wanted = 'one of ' ~ meta['values'] | join(', ') if meta.type == 'enum' else expected[meta.type] ~ (' from ' ~ meta.range[0] ~ ' to ' ~ meta.range[1] if meta.range else '') %}
        {% do checks.append({
            'condition': 'parsed.' ~ name ~ ' is null',
            'reason': "'" ~ ('unknown_value' if meta.type == 'enum' else 'unparsable') ~ ":" ~ name ~ "'",
            'detail': "'" ~ name ~ " is ''' || parsed." ~ text_of[name] ~ " || ''', expected " ~ wanted ~ "'",
        }) %}
    {% endfor %}
    {% set latest = (modules.datetime.date.fromisoformat(run_date()) + modules.datetime.timedelta(days=3653)).isoformat() %}
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
    {% if rates is not none %}
        {% do checks.append({
            'condition': priced ~ ' and parsed.currency <> reporting.reporting_currency and known_rates.currency is null',
            'reason': "'no_exchange_rate:currency'",
            'detail': "'no row of billing.exchange_rates for ''' || parsed.currency || ''''",
        }) %}
    {% endif %}
    {% for name, column, condition, detail in rules %}
        {% do checks.append({'condition': condition, 'reason': "'" ~ name ~ ':' ~ column ~ "'", 'detail': detail}) %}
    {% endfor %}
    {{ return(checks) }}
{% endmacro %}

{# The raw row as JSON, every column of the extract in it. #}
{% macro raw_row_data(columns) -%}
    {%- set pairs = [] -%}
    {%- for column in columns.values() -%}
        {%- do pairs.append((column.name, 'cast(raw_source.' ~ adapter.quote(column.name) ~ ' as string)')) -%}
    {%- endfor -%}
    {{- json_object_of_text(pairs) if pairs else 'cast(null as string)' -}}
{%- endmacro %}

{# The contract's key of a row as one text, for people to find it by. #}
{% macro row_key(contract, text_of) -%}
    {%- for name in contract.meta.key -%}
        coalesce(cast(raw_rows.{{ text_of[name] }} as string), ''){{ " || '|' || " if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# Order in which the last of several rows of one key comes first: by loaded_at, else by the time the row came to be known. #}
{% macro last_first(contract) -%}
    {%- set names = ['loaded_at'] if 'loaded_at' in contract.columns else contract.meta.get('known_at', '').split(' / ') | select('in', contract.columns) | list -%}
    {%- if names -%}
        coalesce({% for name in names %}cast(checked.{{ name }} as timestamp), {% endfor %}cast('1900-01-01' as timestamp)) desc,
    {%- endif -%}
{%- endmacro %}
