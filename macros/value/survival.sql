{#
    CTEs of the Kaplan-Meier share of journeys that still wait after a number of days: survival('journeys', keys) in the
    groups of the columns `keys`. A journey has days, is_reached and has_left_before. The last CTE is `survived`.
    Journeys that left or wait count for as long as they were observed. A median of the arrived ones would flatter every
    young cohort.
#}
{% macro survival(journeys, keys) %}
{% set grouped = [] %}
{% for key in keys %}{% do grouped.append('by_day.' ~ key) %}{% endfor %}
{% set groups = grouped | join(', ') %}
by_day as (
    select
        {% for key in keys %}
        {{ journeys }}.{{ key }},
        {% endfor %}
        {{ journeys }}.days,
        count(*) as ended,
        count(*) filter (where {{ journeys }}.is_reached) as reached,
        count(*) filter (where {{ journeys }}.has_left_before) as left_before
    from {{ journeys }}
    group by {{ groups | replace('by_day.', journeys ~ '.') }}, {{ journeys }}.days
),

waiting as (
    select
        by_day.*,
        sum(by_day.ended) over (
            partition by {{ groups }}
            order by by_day.days desc
            rows between unbounded preceding and current row
        ) as at_risk
    from by_day
),

-- A product of shares, as the exponential of a sum. Once no journey waits it is 0.
shares as (
    select
        waiting.*,
        case
            when waiting.reached < waiting.at_risk then ln(1 - cast(waiting.reached as double) / waiting.at_risk)
        end as log_share
    from waiting
),

products as (
    select
        shares.*,
        exp(sum(shares.log_share) over (
            partition by {{ groups | replace('by_day.', 'shares.') }}
            order by shares.days
            rows between unbounded preceding and current row
        )) as product
    from shares
),

-- Rounded, so that half of four is exactly half.
survived as (
    select
        products.*,
        case when products.log_share is null then 0 else round(products.product, 9) end as still_waiting
    from products
)
{% endmacro %}
