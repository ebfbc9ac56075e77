{#
    Every row of a raw table, typed by the contract, with the verdict on it in row_status:
    accepted, duplicate or rejected (reject_reason, reject_detail). Nothing is dropped: of a row that is not accepted,
    row_data holds all that the extract says.

    accounts, subscriptions    relations whose rows the table must point at
    rates, reporting           relations with the known currencies and the reporting currency
    priced                     condition under which the row's currency matters
    rules                      further rules of the table: (name, column, condition that breaks it, detail)
    amounts                    what a row's money comes to in its own currency, by column: the ledger has to hold it
    settles_duplicates         false for usage, whose repeated rows are settled day by day as they are rolled up;
                               then a row's data are written out for those alone that someone asks for

    Of several versions of a key the one that was loaded last counts, where the extract carries loaded_at. Then a row that lasts goes
    before one that ends on the day it begins, and then the contract's columns decide, in the contract's order.
#}
{% macro judged_rows(system, table, accounts=none, subscriptions=none, rates=none, reporting=none, priced='true', rules=[], amounts={}, settles_duplicates=true) %}
{% set relation = raw_relation(system, table) %}
{% if not execute %}{{ return('select 1 as not_compiled_yet') }}{% endif %}
{% set contract = raw_contract(system, table) %}
{% set columns = raw_columns(relation) %}
{% do fail_on_missing_columns(system, table, contract, columns) %}
{% set value_of = {} %}
{% set optional_parsed = [] %}
{% for name, meta in contract.columns.items() %}
    {% set is_text = meta.type in ('id', 'text') %}
    {% do value_of.update({name: name if is_text or is_taken_as_typed(columns, name, meta) else name ~ '__raw'}) %}
    {% if not meta.required and meta.type not in ('id', 'text', 'currency') %}{% do optional_parsed.append(name) %}{% endif %}
{% endfor %}
{% set checks = reject_checks(contract, value_of, accounts, subscriptions, rates, priced, rules, amounts) %}
{% set series = contract.meta.get('series') %}
{% set has_versions = settles_duplicates and 'loaded_at' in columns %}
with

{{ parsed_rows(relation, columns, contract, value_of, settles_duplicates) }}

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
    left join (
        select rates.currency, max(rates.rate_to_reporting) as highest_rate
        from {{ rates }} as rates
        group by rates.currency
    ) as known_rates
        on {{ currency_of(subscriptions) }} = known_rates.currency
    {% endif %}
),

{% if has_versions and series %}
-- A row that was closed later than it was loaded first is a version of itself, and no rival of another row of its key.
versioned as (
    select
        checked.*,
        row_number() over (
            partition by
                {% for name in contract.columns if name not in ('loaded_at', contract.meta.interval[1]) %}
                checked.{{ name }},
                {% endfor %}
                checked.own_reason
            order by checked.loaded_at desc nulls last, checked.copy_number asc
        ) as version_number
    from checked
),

{% endif %}
ranked as (
    select
        checked.*,
        {% if has_versions %}
        max(checked.loaded_at) over (partition by checked.{{ contract.meta.key | join(', checked.') }}) as key_loaded_at,
        {% endif %}
        {% if settles_duplicates %}
        row_number() over (
            partition by checked.{{ contract.meta.key | join(', checked.') }},
                case when checked.own_reason is null and checked.copy_number = 1 then 1 else 0 end
            order by {{ last_first(contract, value_of, has_versions) }}
        ) as key_number
        {% else %}
        1 as key_number
        {% endif %}
    from {{ 'versioned' if has_versions and series else 'checked' }} as checked
),

settled as (
    select
        ranked.*,
        {% if series %}
        {% set starts, ends = contract.meta.interval %}
        {% set signed = contract.meta.get('superseded_by') %}
        {# A row signed later than all before it supersedes them; of one signature the later start does. #}
        {% if signed %}
        case when coalesce(ranked.{{ signed }}, ranked.{{ starts }}) < max(
            case when ranked.copy_number = 1 and ranked.own_reason is null and ranked.key_number = 1 then coalesce(ranked.{{ signed }}, ranked.{{ starts }}) end
        ) over (
            partition by ranked.{{ series | join(', ranked.') }}
            order by ranked.{{ starts }}
            rows between unbounded preceding and 1 preceding
        ) then
        {% endif %}
        max(case when ranked.copy_number = 1 and ranked.own_reason is null and ranked.key_number = 1 then ranked.{{ ends }} end) over (
            partition by ranked.{{ series | join(', ranked.') }}
            order by ranked.{{ starts }}
            rows between unbounded preceding and 1 preceding
        ){{ ' end' if signed }} as series_ends_on,
        ranked.{{ starts }} as series_starts_on
        {% else %}
        cast(null as date) as series_ends_on,
        cast(null as date) as series_starts_on
        {% endif %}
    from ranked
),

final as (
    select
        {% for name in contract.columns if name != 'loaded_at' or not settles_duplicates %}
        settled.{{ name }},
        {% endfor %}
        {% for name in optional_parsed %}
        {% if value_of[name] == name %}
        cast(null as string) as {{ name }}__invalid,
        {% else %}
        case when settled.{{ name }} is null then cast(settled.{{ value_of[name] }} as string) end as {{ name }}__invalid,
        {% endif %}
        {% endfor %}
        settled.row_key,
        {% if settles_duplicates %}
        case
            when settled.copy_number > 1 or settled.own_reason is not null or settled.key_number > 1
                or settled.series_starts_on < settled.series_ends_on
                then {{ row_data_without_erased('settled.row_data', relation, columns, contract, 'settled') }}
        end as row_data,
        {% else %}
        {{ row_data_without_erased(raw_row_data(columns, 'settled', '__source'), relation, columns, contract, 'settled') }} as row_data,
        {% endif %}
        case
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
            when settled.copy_number > 1 then null
            {% if has_versions %}
            when {{ is_outdated(contract) }} then null
            {% endif %}
            when settled.own_reason is not null then settled.own_reason
            when settled.key_number > 1 then null
            when settled.series_starts_on < settled.series_ends_on then 'overlap:{{ contract.meta.interval[0] if series else '' }}'
        end as reject_reason,
        case
            when settled.own_reason is not null then {{ detail_without_erased('settled.own_detail', relation) }}
            when settled.series_starts_on < settled.series_ends_on
                then 'starts ' || cast(settled.series_starts_on as string) || ', before the end ' || cast(settled.series_ends_on as string) || ' of the row before it'
        end as reject_detail
    from settled
    {% if relation is not none and erased_file() is not none %}
    cross join erased_list
    {% endif %}
)

select * from final
{% endmacro %}
