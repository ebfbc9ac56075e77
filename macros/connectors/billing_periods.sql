{# Months of a day-count as billing tools bill it: 28 to 31 days are 1, 365 are 12. rounded_months(start, end). #}
{% macro rounded_months(start, end) -%}
    cast(round({{ days_between(start, end) }} * 12 / 365.25) as int)
{%- endmacro %}

{#
    The first day of the first billing period that begins on or after a day: period_start(anchor, day, months). Billing
    periods count from the anchor. Before it the anchor itself is the answer, and without months the day.
#}
{% macro period_start(anchor, day, months) -%}
    case
        when {{ day }} <= {{ anchor }} then {{ anchor }}
        when {{ months }} > 0
            then cast(
                {{ anchor }} + cast(ceil((
                    12 * (extract(year from {{ day }}) - extract(year from {{ anchor }}))
                    + extract(month from {{ day }}) - extract(month from {{ anchor }})
                    + case when extract(day from {{ day }}) > extract(day from {{ anchor }}) then 1 else 0 end
                ) / cast({{ months }} as double)) as int) * {{ months }} * interval '1' month as date
            )
        else {{ day }}
    end
{%- endmacro %}

{# Months of a billing interval of months or years, else null: billing_interval_months(length, unit). #}
{% macro billing_interval_months(length, unit) -%}
    case lower({{ unit }}) when 'month' then {{ length }} when 'year' then 12 * {{ length }} end
{%- endmacro %}

{# Days of a billing interval of days or weeks, else null: billing_interval_days(length, unit). #}
{% macro billing_interval_days(length, unit) -%}
    case lower({{ unit }}) when 'day' then {{ length }} when 'week' then 7 * {{ length }} end
{%- endmacro %}
