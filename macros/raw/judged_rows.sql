{#
    Every row of a raw table, typed by the contract, with its verdict in row_status: accepted, duplicate, rejected
    (reject_reason, reject_detail) or not_taken (a connector leaves the row out, and reject_reason says why). No row is
    dropped. A row that is not accepted has the whole raw row in row_data.

    accounts, subscriptions    relations that the table's rows must refer to
    rates, reporting           relations with the known currencies and the reporting currency
    priced                     condition under which the row's currency matters
    rules                      more rules of the table: (name, column, condition that breaks it, detail)
    amounts                    the row's money in its own currency, by column, for comparison with the ledger's limit
    settles_duplicates         false for usage. The roll-up settles its repeated rows day by day, and row_data is
                               written only for rows that a query asks for
#}
{% macro judged_rows(
    system, table, accounts=none, subscriptions=none, rates=none, reporting=none, priced='true', rules=[], amounts={},
    settles_duplicates=true
) %}
{% set relation = raw_relation(system, table) %}
{% if not execute %}{{ return('select 1 as not_compiled_yet') }}{% endif %}
{% set contract = raw_contract(system, table) %}
{% set columns = raw_columns(relation) %}
{% do fail_on_missing_columns(system, table, contract, columns) %}
{% set value_of = {} %}
{% for name, meta in contract.columns.items() %}
    {% set is_read_as_given = meta.type in ('id', 'text') or is_taken_as_typed(columns, name, meta) %}
    {% do value_of.update({name: name if is_read_as_given else name ~ '__raw'}) %}
{% endfor %}
{% set has_versions = settles_duplicates and 'loaded_at' in columns %}
with

{{ parsed_rows(relation, columns, contract, value_of, settles_duplicates) }}

checked as (
    select
        parsed.*,
        {% for part in ['reason', 'detail'] %}
        case
            {% if 'not_taken' in columns %}
            when parsed.not_taken is not null then parsed.not_taken
            {% endif %}
            {{ reject_checks(part, contract, value_of, accounts, subscriptions, rates, priced, rules, amounts) }}
        end as own_{{ part }}{{ ',' if not loop.last }}
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
    left join (
        select rates.currency, max(rates.rate_to_reporting) as highest_rate
        from {{ rates }} as rates
        group by rates.currency
    ) as known_rates
        on {{ currency_of(subscriptions) }} = known_rates.currency
    {% endif %}
),

{{ ranked_rows(contract, value_of, has_versions, settles_duplicates) }}

{{ settled_rows(contract) }}

final as (
    select
        {% for name in contract.columns if name != 'loaded_at' or not settles_duplicates %}
        settled.{{ name }},
        {% endfor %}
        {% for name in checked_columns(system, table) %}
        {% if value_of[name] == name %}
        cast(null as string) as {{ name }}__invalid,
        {% else %}
        case
            when settled.{{ name }} is null then cast(settled.{{ value_of[name] }} as string)
        end as {{ name }}__invalid,
        {% endif %}
        {% endfor %}
        settled.row_key,
        {% if not settles_duplicates %}
        {% set row_data = raw_row_data(columns, 'settled', '__source') %}
        {{ row_data_without_erased(row_data, relation, columns, contract, 'settled') }} as row_data,
        {% else %}
        case
            when settled.copy_number > 1 or settled.own_reason is not null or settled.key_number > 1
                or settled.series_starts_on < settled.series_ends_on
                then {{ row_data_without_erased('settled.row_data', relation, columns, contract, 'settled') }}
        end as row_data,
        {% endif %}
        case
            {% if 'not_taken' in columns %}
            when settled.not_taken is not null then 'not_taken'
            {% endif %}
            when settled.copy_number > 1 then 'duplicate'
            {% if has_versions %}
            when {{ is_outdated(contract) }} then 'duplicate'
            {% endif %}
            when settled.own_reason is not null then 'rejected'
            when settled.key_number > 1 then 'duplicate'
            when settled.series_starts_on < settled.series_ends_on then 'rejected'
            else 'accepted'
        end as row_status,
        case
            {% if 'not_taken' in columns %}
            when settled.not_taken is not null then settled.not_taken
            {% endif %}
            when settled.copy_number > 1 then null
            {% if has_versions %}
            when {{ is_outdated(contract) }} then null
            {% endif %}
            when settled.own_reason is not null then settled.own_reason
            when settled.key_number > 1 then null
            when settled.series_starts_on < settled.series_ends_on
                then 'overlap:{{ contract.meta.interval[0] if contract.meta.get('series') }}'
        end as reject_reason,
        case
            when settled.own_reason is not null then {{ detail_without_erased('settled.own_detail', relation) }}
            when settled.series_starts_on < settled.series_ends_on
                then 'starts ' || cast(settled.series_starts_on as string) || ', before the end '
                    || cast(settled.series_ends_on as string) || ' of the row before it'
        end as reject_detail
    from settled
    {{- erased_list_join(relation) }}
)

select * from final
{% endmacro %}
