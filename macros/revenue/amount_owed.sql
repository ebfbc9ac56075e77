{#
    The unpaid amount of an invoice, as known so far. It is 0 for a credit note, for an amount below half a cent, and
    for the statuses draft, void and paid. If neither a paid amount nor a status is given, a payment date settles it.
#}
{% macro amount_owed(amount_due, amount_paid, status, paid_on) -%}
    case
        when {{ to_cents(amount_due) }} <= 0 or coalesce({{ status }} in ('draft', 'void', 'paid'), false) then 0
        when {{ amount_paid }} is not null then greatest({{ to_cents(amount_due ~ ' - ' ~ amount_paid) }}, 0)
        when {{ paid_on }} is not null and {{ status }} is null then 0
        else {{ to_cents(amount_due) }}
    end
{%- endmacro %}
