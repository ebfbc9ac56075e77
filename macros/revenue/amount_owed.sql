{#
    What is left to pay of an invoice by what is known of it: nothing of a credit note, of nothing, of a draft or a void one,
    and where the status says paid. Where no amount is given, a day of payment without a status that says otherwise settles all.
    Less than half a cent is nothing.
#}
{% macro amount_owed(amount_due, amount_paid, status, paid_on) -%}
    case
        when {{ to_cents(amount_due) }} <= 0 or coalesce({{ status }} in ('draft', 'void', 'paid'), false) then 0
        when {{ amount_paid }} is not null then greatest({{ to_cents(amount_due ~ ' - ' ~ amount_paid) }}, 0)
        when {{ paid_on }} is not null and {{ status }} is null then 0
        else {{ to_cents(amount_due) }}
    end
{%- endmacro %}
