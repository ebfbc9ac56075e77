{# The range of an ARR tier in words: arr_range_text('arr_tier_cuts') is 15k to 100k ARR. #}
{% macro arr_range_text(cuts) -%}
    case
        when {{ cuts }}.below_arr is null then {{ short_amount_text(cuts ~ '.min_arr') }} || ' ARR or more'
        when {{ cuts }}.min_arr = 0
            then 'less than ' || {{ short_amount_text(cuts ~ '.below_arr') }} || ' ARR'
        else {{ short_amount_text(cuts ~ '.min_arr') }} || ' to '
            || {{ short_amount_text(cuts ~ '.below_arr') }} || ' ARR'
    end
{%- endmacro %}
