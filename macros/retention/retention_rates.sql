{# GRR, NRR and logo retention of a fixed base as three columns; null where the base is empty. #}
{% macro retention_rates(starting_mrr, retained_base_mrr, ending_mrr, starting_accounts, retained_accounts) -%}
    cast({{ retained_base_mrr }} as double) / nullif(cast({{ starting_mrr }} as double), 0) as grr,
        cast({{ ending_mrr }} as double) / nullif(cast({{ starting_mrr }} as double), 0) as nrr,
        cast({{ retained_accounts }} as double) / nullif(cast({{ starting_accounts }} as double), 0) as logo_retention
{%- endmacro %}
