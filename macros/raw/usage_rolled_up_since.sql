{#
    First day that a run of the usage roll-up takes anew, as text; none where it takes all of them: on a first run, on
    --full-refresh, and where the extract's rows before the look-back are no longer those that were rolled up.
#}
{% macro usage_rolled_up_since() %}
    {% set events, usage_daily = ref('base_product__events'), ref('base_product__usage_daily') %}
    {% if not execute or not is_incremental() %}{{ return(none) }}{% endif %}
    {% set latest %}
        select cast(date_trunc('month', {{ add_days('max(rolled_up.usage_on)', '-' ~ var('late_arrival_days')) }}) as date)
        from {{ this }} as rolled_up
        where rolled_up.rollup = 'rows' and rolled_up.accepted_rows > 0 and rolled_up.usage_on <= cast('{{ run_date() }}' as date)
    {% endset %}
    {% set since = run_query(latest).columns[0].values()[0] %}
    {% if since is none %}{{ return(none) }}{% endif %}
    {% set counts %}
        select
            (select count(*) from {{ events }} as events where cast(events.occurred_at as date) < cast('{{ since }}' as date))
            + (select count(*) from {{ usage_daily }} as days where days.usage_on < cast('{{ since }}' as date)) as there,
            (
                select coalesce(sum(rolled_up.raw_rows), 0)
                from {{ this }} as rolled_up
                where rolled_up.rollup = 'rows' and rolled_up.usage_on < cast('{{ since }}' as date)
            ) as rolled_up
    {% endset %}
    {% set row = run_query(counts).rows[0] %}
    {% if row[0] | int == row[1] | int %}{{ return(since | string) }}{% endif %}
    {{ log('Usage before ' ~ since ~ ' has changed: ' ~ row[1] | int ~ ' rows were rolled up, ' ~ row[0] | int ~ ' are in the extract. All of it is rolled up anew.', info=true) }}
    {{ return(none) }}
{% endmacro %}

{# Before the roll-up runs: what it holds is forgotten where all of it is taken anew. #}
{% macro forget_usage_rolled_up() %}
    {% if execute and is_incremental() and usage_rolled_up_since() is none %}{{ return('delete from ' ~ this) }}{% endif %}
{% endmacro %}
