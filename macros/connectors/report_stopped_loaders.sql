{# After a build, in words: systems whose newest row came more than a day before the run. #}
{% macro report_stopped_loaders(results) %}
    {% set built = {} %}
    {% for result in results if result.status == 'success' %}
        {% do built.update({result.node.name: result.node.relation_name}) %}
    {% endfor %}
    {% if execute and 'dq_source_objects' in built %}
        {% set newest_day = 'max(cast(loaded.newest_loaded_at as date))' %}
        {% set run_day = "cast('" ~ run_date() ~ "' as date)" %}
        {% set days %}
            select
                loaded.source_system,
                cast({{ newest_day }} as string),
                {{ days_between(newest_day, run_day) }}
            from {{ built['dq_source_objects'] }} as loaded
            group by loaded.source_system
            having {{ days_between(newest_day, run_day) }} > 1
            order by loaded.source_system
        {% endset %}
        {% for system, newest, age in run_query(days).rows %}
            {{ log(
                'WARNING Sources: the newest row of ' ~ system ~ ' came on ' ~ newest ~ ', ' ~ age
                ~ ' days before this run. If its loader stopped, start it again: a loader that stopped looks like '
                ~ 'customers who stopped.', info=true
            ) }}
        {% endfor %}
    {% endif %}
{% endmacro %}
