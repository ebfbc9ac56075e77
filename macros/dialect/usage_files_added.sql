{#
    The files of usage that have come since it was last rolled up, where all that it was rolled up from is as it was; none where
    anything else may have changed. What files there are is kept, to be noted with what the run makes of them.
#}
{% macro usage_files_added() %}{{ return(adapter.dispatch('usage_files_added')()) }}{% endmacro %}

{% macro default__usage_files_added() %}{{ return(none) }}{% endmacro %}

{% macro duckdb__usage_files_added() %}
    {% if raw_mode() != 'files' %}{{ return(none) }}{% endif %}
    {% set patterns = [] %}
    {% for table in ['events', 'usage_daily'] %}
        {% do patterns.extend(files_read(raw_file_rows(raw_path(), 'product_' ~ table) or '')) %}
    {% endfor %}
    {% set files = files_as_they_are(patterns) %}
    {% set kept = graph.get('kept', {'notes': {}}) %}
    {% do kept.update({'usage_files': files}) %}
    {% set known = kept.notes.get(noted_as(model), {}).get('files') %}
    {% if not known %}{{ return(none) }}{% endif %}
    {% for file, state in known.items() if files.get(file) != state %}{{ return(none) }}{% endfor %}
    {{ return(files.keys() | reject('in', known) | list) }}
{% endmacro %}
