{# dbt's own, and for the usage roll-up also where its definition has changed. #}
{% macro should_full_refresh() %}
    {{ return(
        dbt.should_full_refresh()
        or model.name == 'base_product__usage_rolled_up' and usage_definition_has_changed()
    ) }}
{% endmacro %}
