{# Warns after a build that another health scheme predicts churn better than the one in use, with both AUCs. #}
{% macro report_scheme_behind(results) %}
    {% for result in results if result.status == 'warn' and result.node.name == 'warn_active_scheme_is_behind' %}
        {% for scheme, auc, best_scheme, best_auc, horizon_days in run_query(result.node.compiled_code).rows %}
            {% do exceptions.warn(
                'Health scheme ' ~ scheme ~ ' predicts churn worse than ' ~ best_scheme ~ ': its AUC over '
                ~ horizon_days ~ ' days is ' ~ '%.3f' | format(auc) ~ ', that of ' ~ best_scheme ~ ' '
                ~ '%.3f' | format(best_auc) ~ '. Set the var health_scheme to ' ~ best_scheme
                ~ ', or fit weights of your own with `python -m pipeline calibrate`.'
            ) %}
        {% endfor %}
    {% endfor %}
{% endmacro %}
