{#
    The months that a run of the usage roll-up takes anew, as SQL literals: those of the look-back and what lies after it,
    January 1900 (no day), those that hold another number of rows or a later load than was rolled up, and those with rows of
    accounts that have come or gone since. Where files have come, and all others are as they were, the months that the
    new ones hold, and those accounts' months, alone. All months where the roll-up is made by other SQL, another macro or another
    contract than before. None where nothing was rolled up before, or --full-refresh asks for all.
#}
{% macro usage_months_to_roll_up() %}
    {% set usage_rows, accounts = ref('base_product__usage_rows'), ref('stg_crm__accounts') %}
    {% if not execute %}{{ return(none) }}{% endif %}
    {% set added = usage_files_added() %}
    {% if not is_incremental() %}{{ return(none) }}{% endif %}
    {% set is_defined_otherwise = usage_definition_has_changed() %}
    {% set sql %}
        with

        counted as (
            select
                usage_rows.month, usage_rows.table_name, usage_rows.usage_on, count(*) as raw_rows, 0 as known_rows,
                max(usage_rows.loaded_at) as last_loaded_at, cast(null as timestamp) as known_last_loaded_at
            from {{ usage_rows }} as usage_rows
            {% if added is not none %}
            where usage_rows.source_file in ({% for file in added %}{{ quoted_text(file) }}, {% endfor %}'') or usage_rows.source_file is null
            {% endif %}
            group by usage_rows.month, usage_rows.table_name, usage_rows.usage_on
            union all
            select
                rolled_up.month, rolled_up.table_name, rolled_up.usage_on, 0 as raw_rows, rolled_up.raw_rows as known_rows,
                cast(null as timestamp) as last_loaded_at, rolled_up.last_loaded_at as known_last_loaded_at
            from {{ this }} as rolled_up
            where rolled_up.rollup = 'rows'
        ),

        days as (
            select
                counted.month,
                {% if added is not none %}
                sum(counted.raw_rows) > 0 as has_changed
                {% else %}
                sum(counted.raw_rows) <> sum(counted.known_rows)
                or max(counted.last_loaded_at) is distinct from max(counted.known_last_loaded_at) as has_changed
                {% endif %}
            from counted
            group by counted.month, counted.table_name, counted.usage_on
        ),

        look_back as (
            select cast(date_trunc('month', {{ add_days('max(rolled_up.usage_on)', '-' ~ var('late_arrival_days') | int) }}) as date) as month
            from {{ this }} as rolled_up
            where rolled_up.rollup = 'rows' and rolled_up.accepted_rows > 0 and rolled_up.usage_on <= cast({{ quoted_text(run_date()) }} as date)
        ),

        rejudged as (
            select rolled_up.month
            from {{ this }} as rolled_up
            left join {{ accounts }} as accounts
                on rolled_up.account_id = accounts.account_id
            where rolled_up.rollup = 'account_days'
                and case when accounts.account_id is null then rolled_up.accepted_rows else rolled_up.orphan_rows end > 0
            group by rolled_up.month
        ),

        months as (
            select days.month, count_if(days.has_changed) > 0 as has_changed
            from days
            group by days.month
        )

        select
            months.month,
            months.has_changed or rejudged.month is not null as has_changed,
            coalesce(months.month >= look_back.month, true) or months.month = cast('1900-01-01' as date) as is_taken_anyway
        from months
        cross join look_back
        left join rejudged
            on months.month = rejudged.month
        order by months.month
    {% endset %}
    {% set months, untouched, changed = [], [], [] %}
    {% for month, has_changed, is_taken_anyway in run_query(sql).rows %}
        {% do (months if is_defined_otherwise or has_changed or is_taken_anyway and added is none else untouched).append('cast(' ~ quoted_text(month) ~ ' as date)') %}
        {% if has_changed and not is_taken_anyway %}{% do changed.append((month | string)[:7]) %}{% endif %}
    {% endfor %}
    {% if is_defined_otherwise %}
        {{ log('Usage is rolled up again, all of it. Its SQL, a macro below it or the contract of usage has changed since the last run.', info=true) }}
    {% elif changed %}
        {{ log('Usage is rolled up again, ' ~ ('month by month: ' ~ changed | join(', ') if untouched else 'all of it') ~ '. Since the last run rows of it have come or gone, were loaded again, or had their account come or go.', info=true) }}
    {% endif %}
    {% do graph.get('kept', {}).update({'months_taken': months}) %}
    {{ return(months) }}
{% endmacro %}

{# That a row is of one of the months; of none, so that nothing is read at all. #}
{% macro in_months(months) %}{{ return('month in (' ~ months | join(', ') ~ ')' if months else '1 = 0') }}{% endmacro %}
