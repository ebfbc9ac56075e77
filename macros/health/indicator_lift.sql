{# Churn rate of the observations with an indicator ÷ churn rate of all. Rounded, so that it meets its thresholds. #}
{% macro indicator_lift(churns, observations, base_churns, base_observations) -%}
    round(
        cast({{ churns }} as double) * {{ base_observations }}
        / nullif(cast({{ observations }} as double) * {{ base_churns }}, 0), 9
    )
{%- endmacro %}

{#
    Whether a lift rests on enough. An indicator needs observations, the base needs churns, and a lift that would count
    needs churns of its own. The CTE settings is joined.
#}
{% macro lift_says_something(churns, observations, base_churns, lift) -%}
    coalesce(
        {{ observations }} >= settings.indicator_min_observations
        and {{ base_churns }} >= settings.validation_min_churns
        and ({{ lift }} < settings.indicator_lift_usable or {{ churns }} >= settings.validation_min_churns),
        false
    )
{%- endmacro %}
