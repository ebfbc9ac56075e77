{# Columns of a CTE that are named like metrics, as rows of the long form. A null value has no row. #}
{% macro metric_rows(cte, metrics) %}
    {% for metric in metrics %}
    select
        {{ cte }}.snapshot_date,
        {{ cte }}.account_id,
        '{{ metric }}' as metric,
        cast({{ cte }}.{{ metric }} as double) as value,
        cast(null as string) as value_text
    from {{ cte }}
    where {{ cte }}.{{ metric }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
{% endmacro %}
