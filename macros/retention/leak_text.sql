{# What a leak is called within a sentence: seat reductions, or the label of its reason. #}
{% macro leak_text(leakage, category_label) -%}
    case
        when {{ leakage }}.reason_category = 'paused' then 'pauses'
        when {{ leakage }}.driver = 'seats' then 'seat reductions'
        when {{ leakage }}.driver = 'usage' then 'lower billed usage'
        when {{ leakage }}.driver = 'downgrade' then 'downgrades'
        when {{ leakage }}.driver = 'price' then 'price reductions'
        when {{ leakage }}.driver = 'product_drop' then 'dropped products'
        when {{ leakage }}.driver = 'pause' then 'partial pauses'
        when {{ leakage }}.driver = 'upsell' then 'moves to higher but cheaper plans'
        else coalesce({{ category_label }}, {{ leakage }}.reason_category)
    end
{%- endmacro %}
