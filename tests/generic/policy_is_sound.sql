{# A policy file keeps the contract of its model, which macros/policy/policy_contract.sql explains. #}
{% test policy_is_sound(model) %}
{% if execute %}
{% set contract = policy_contract(model.identifier) %}
with

cells as (
    {{ policy_cells(contract, contract.default_rows) }}
),

violations as (
    {{ cell_violations(contract) }}
    {{ setting_violations(contract) if contract.settings else row_violations(contract) ~ group_violations(contract) }}
)

select
    '{{ contract.file }}' as file,
    violations.place,
    violations.violation
from violations
{% endif %}
{% endtest %}
