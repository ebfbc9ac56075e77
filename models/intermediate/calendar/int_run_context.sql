-- as_of_date is the date that the var states, else the latest fact of any table. A stated date needs no facts.
{% set reads_facts = var('as_of_date') == 'auto' %}
with

{% if reads_facts %}
latest_facts as (
    select * from {{ ref('int_latest_facts') }}
),

{% endif %}
reporting as (
    select * from {{ ref('base_billing__reporting_currency') }}
),

as_of as (
    {% if reads_facts %}
    select coalesce(max(latest_facts.latest_on), cast('{{ run_date() }}' as date)) as as_of_date
    from latest_facts
    {% else %}
    select {{ stated_date('as_of_date') }} as as_of_date
    {% endif %}
),

final as (
    select
        as_of.as_of_date,
        cast(date_trunc('month', as_of.as_of_date) as date) as as_of_month,
        case
            when as_of.as_of_date = last_day(as_of.as_of_date) then cast(date_trunc('month', as_of.as_of_date) as date)
            else cast(date_trunc('month', as_of.as_of_date) - interval '1' month as date)
        end as last_complete_month,
        cast(date_trunc('quarter', as_of.as_of_date) - interval '3' month as date) as recent_from,
        reporting.reporting_currency,
        coalesce({{ stated_date('fx_rate_on') }}, cast(date_trunc('year', as_of.as_of_date) as date)) as fx_rate_on
    from as_of
    cross join reporting
)

select * from final
