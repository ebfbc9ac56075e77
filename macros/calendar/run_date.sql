{# The day of the run as YYYY-MM-DD: the var, or today. #}
{% macro run_date() %}
    {{ return(modules.datetime.date.today().isoformat() if var('run_date') == 'today' else var('run_date') | string) }}
{% endmacro %}
