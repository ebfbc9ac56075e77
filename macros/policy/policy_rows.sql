{# Rows of a policy CSV: the company's own file of that name in policy_path, else the project's. All values are text. #}
{% macro policy_rows(name, columns) %}
{% set default_rows = ref(name) %}
{% set own_folder = var('policy_path', env_var('CS_POLICY_PATH', '')) %}
{% set own_rows = raw_file_rows(own_folder, name) if execute and own_folder else none %}
    select
        {% for column in columns %}
        cast(policy_source.{{ column }} as string) as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ own_rows if own_rows is not none else default_rows }} as policy_source
{% endmacro %}
