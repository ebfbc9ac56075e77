{# CSMs that a tier needs: the larger of ARR ÷ target and accounts ÷ cap, each rounded up. The cap may be null. #}
{% macro csms_required(arr, target_arr_per_csm, accounts, account_cap) -%}
    greatest(
        -- Rounded, so that an even quotient is not rounded up.
        ceil(round(cast({{ arr }} as double) / cast({{ target_arr_per_csm }} as double), 9)),
        coalesce(ceil(cast({{ accounts }} as double) / {{ account_cap }}), 0)
    )
{%- endmacro %}
