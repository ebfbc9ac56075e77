{#
    The months that a run of the usage roll-up replaces, as SQL literals: those of the look-back and later, January 1900
    (no day), those with a day of another number of rows or another latest load, and those with rows of accounts that
    came or went. None where all of usage is rolled up.
#}
{% macro usage_months_to_roll_up() %}
    {% set usage_rows, accounts = ref('base_product__usage_rows'), ref('stg_crm__accounts') %}
    {% if not execute %}{{ return(none) }}{% endif %}
    {% if not is_incremental() %}
        {% if should_full_refresh() and not dbt.should_full_refresh() %}
            {{ log_usage('all of it. Its SQL, a macro below it or the contract of usage has changed.') }}
        {% endif %}
        {{ return(none) }}
    {% endif %}
    {% set sql %}
        with

        -- DuckDB reads three columns of events for this: the day, the load and the account.
        counted as (
            select
                usage_rows.month, usage_rows.table_name, usage_rows.usage_on,
                count(*) as raw_rows, max(usage_rows.loaded_at) as last_loaded_at
            from {{ usage_rows }} as usage_rows
            group by usage_rows.month, usage_rows.table_name, usage_rows.usage_on
            union all
            select
                rolled_up.month, rolled_up.table_name, rolled_up.usage_on,
                rolled_up.raw_rows, rolled_up.last_loaded_at
            from {{ this }} as rolled_up
            where rolled_up.rollup = 'rows'
        ),

        -- A day that has not changed is there twice.
        days as (
            select counted.month, count(*) = 1 as has_changed
            from counted
            group by counted.month, counted.table_name, counted.usage_on, counted.raw_rows, counted.last_loaded_at
        ),

        accounts_changed as (
            select rolled_up.month
            from {{ this }} as rolled_up
            left join {{ accounts }} as accounts
                on rolled_up.account_id = accounts.account_id
            where rolled_up.rollup = 'account_days'
                and case
                    when accounts.account_id is null then rolled_up.accepted_rows
                    else rolled_up.orphan_rows
                end > 0
            group by rolled_up.month
        ),

        lookback as (
            select {{ add_days('max(rolled_up.usage_on)', '-' ~ var('late_arrival_days') | int) }} as first_day
            from {{ this }} as rolled_up
            where rolled_up.rollup = 'rows'
                and rolled_up.accepted_rows > 0
                and rolled_up.usage_on <= cast({{ quoted_text(run_date()) }} as date)
        ),

        months as (
            select days.month, count_if(days.has_changed) > 0 as has_changed
            from days
            group by days.month
        )

        select
            months.month,
            months.has_changed or accounts_changed.month is not null as has_changed,
            coalesce(months.month >= cast(date_trunc('month', lookback.first_day) as date), true)
            or months.month = cast('1900-01-01' as date) as is_in_lookback
        from months
        cross join lookback
        left join accounts_changed
            on months.month = accounts_changed.month
        order by months.month
    {% endset %}
    {% set months, earlier, untouched = [], [], [] %}
    {% for month, has_changed, is_in_lookback in run_query(sql).rows %}
        {% do (months if has_changed or is_in_lookback else untouched).append("cast('" ~ month ~ "' as date)") %}
        {% if has_changed and not is_in_lookback %}{% do earlier.append((month | string)[:7]) %}{% endif %}
    {% endfor %}
    {% if earlier %}
        {{ log_usage(
            ('month by month: ' ~ earlier | join(', ') if untouched else 'all of it')
            ~ '. Rows of these months were added, removed or loaded again, or their account came or went.'
        ) }}
    {% endif %}
    {{ return(months) }}
{% endmacro %}

{% macro log_usage(what) %}{{ log('Usage is rolled up again, ' ~ what, info=true) }}{% endmacro %}

{# That a row is of one of the months; of none, so that nothing is read at all. #}
{% macro in_months(months) %}{{ return('month in (' ~ months | join(', ') ~ ')' if months else '1 = 0') }}{% endmacro %}
