{# A label within a sentence, where only an acronym keeps its capital: High touch is high touch, and SMB is SMB. #}
{% macro label_in_sentence(label) -%}
    case
        when substring({{ label }}, 2, 1) = lower(substring({{ label }}, 2, 1))
            then lower(substring({{ label }}, 1, 1)) || substring({{ label }}, 2)
        else {{ label }}
    end
{%- endmacro %}
