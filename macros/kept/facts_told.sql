{#
    How it is known when the rows of a table came to be known: by meta known_at, else by the raw contract, where the table judges raw
    rows that do not count as they are now for all of the past (meta counts_as_now). None of other tables: they tell what their inputs tell.
#}
{% macro rule_of_telling(node) %}
    {% if node.config.meta.get('known_at') %}{{ return(node.config.meta) }}{% endif %}
    {% set name = none if node.config.meta.get('counts_as_now') else node.name %}
    {% for table in graph.sources.values() if name == 'base_' ~ table.source_name ~ '__' ~ table.name %}
        {% set contract = raw_contract(table.source_name, table.name) %}
        {% set late = {} %}
        {% for column, rule in contract.meta.get('late', {}).items() if rule != 'as now' %}
            {% do late.update({column: day_known(node, contract.meta.key, rule, column)}) %}
        {% endfor %}
        {{ return({
            'key': contract.meta.key,
            'columns': contract.columns.keys() | reject('equalto', 'loaded_at') | list,
            'came_on': day_known(node, contract.meta.key, contract.meta.get('known_at', '')),
            'late': late,
        }) }}
    {% endfor %}
    {{ return(none) }}
{% endmacro %}

{# The day of a rule such as `signed_on / the day after due_on / table.moment`: the first that is given. #}
{% macro day_known(node, key, rule, itself='') -%}
    {%- set days = [] -%}
    {%- for part in rule.split('/') | map('trim') | select -%}
        {%- set column = itself if part == 'self' else part.removeprefix('the day after ') -%}
        {%- if '.' in column -%}
            {%- set table, moment = column.split('.') -%}
            {%- set history = api.Relation.create(node.database, node.schema, node.name.split('__')[0] ~ '__' ~ table) -%}
            {%- do days.append('(select max(cast(past.' ~ moment ~ ' as date)) from ' ~ history ~ ' as past where past.' ~ key[0] ~ ' = held.' ~ key[0] ~ " and past.row_status = 'accepted')") -%}
        {%- else -%}
            {%- do days.append('cast(held.' ~ column ~ ' as date)' ~ (' + 1' if part.startswith('the day after '))) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- 'coalesce(' ~ days | join(', ') ~ ')' if days else 'cast(null as date)' -}}
{%- endmacro %}

{#
    A hash of the facts that a table tells, by the week in which they came to be known: of each row, without what was told of it later,
    and of each late column. What holds of all dates (meta of_all_dates) is of no week.
#}
{% macro facts_told(relation, rule) %}
    select
        'told' as kind,
        coalesce(cast(cast(date_trunc('week', facts.told_on) as date) as varchar), '') as held_on,
        count(*) || ':' || sum(facts.fact) as content
    from (
        {% if rule.known_at %}
        select held.{{ rule.known_at }} as told_on, hash(held) as fact
        from {{ relation }} as held
        {% if rule.of_all_dates %}
        union all
        select cast(null as date) as told_on, hash(held.{{ rule.of_all_dates | join(', held.') }}) as fact
        from {{ relation }} as held
        {% endif %}
        {% else %}
        with rows_known as (
            select
                held.*,
                {% for column, day in rule.late.items() %}
                {{ day }} as {{ column }}__told_on,
                {% endfor %}
                {{ rule.came_on }} as came_on
            from {{ relation }} as held
            where held.row_status = 'accepted'
        )

        select
            rows_known.came_on as told_on,
            hash(
                {% for column in rule.columns %}
                {% if column in rule.late %}
                case when rows_known.{{ column }}__told_on > rows_known.came_on then null else rows_known.{{ column }} end
                {% else %}
                rows_known.{{ column }}
                {% endif %}
                {{ ',' if not loop.last }}
                {% endfor %}
            ) as fact
        from rows_known
        {% for column in rule.late %}
        union all
        select
            rows_known.{{ column }}__told_on as told_on,
            hash(rows_known.{{ rule.key | join(', rows_known.') }}, '{{ column }}', rows_known.{{ column }}) as fact
        from rows_known
        where rows_known.{{ column }}__told_on > rows_known.came_on
        {% endfor %}
        {% endif %}
    ) as facts
    group by 1, 2
{% endmacro %}
