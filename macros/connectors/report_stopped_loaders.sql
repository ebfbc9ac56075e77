{#
    After a build, in words: results are as of a later day than any row of the systems. A planned end, such as that of a
    subscription, then counts as a fact though no loader has confirmed it, and weeks without use count as silence.
#}
{% macro report_stopped_loaders(results) %}
    {% set built = {} %}
    {% for result in results if result.status == 'success' %}
        {% do built.update({result.node.name: result.node.relation_name}) %}
    {% endfor %}
    {% if execute and 'dq_source_objects' in built and 'int_run_context' in built %}
        {% set days %}
            select cast(min(context.as_of_date) as string), cast(max(cast(loaded.newest_loaded_at as date)) as string)
            from {{ built['dq_source_objects'] }} as loaded
            cross join {{ built['int_run_context'] }} as context
            having {{ days_between('max(cast(loaded.newest_loaded_at as date))', 'min(context.as_of_date)') }} > 1
        {% endset %}
        {% for as_of_date, newest in run_query(days).rows %}
            {{ log(
                'WARNING Sources: results are as of ' ~ as_of_date ~ ', but the newest row of all systems came on '
                ~ newest ~ '. Let your loaders run, or set run_date to that day, as in --vars '
                ~ "'{run_date: " ~ newest ~ "}'" ~ '. Otherwise plans of later days count as facts.', info=true
            ) }}
        {% endfor %}
    {% endif %}
{% endmacro %}
