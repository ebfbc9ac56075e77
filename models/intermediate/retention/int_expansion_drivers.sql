-- The drivers of a segment's expansion in 12 months, over the accounts that grew.
with

mrr_drivers as (
    select * from {{ ref('int_mrr_drivers') }}
),

segments as (
    select * from {{ ref('int_account_segments_monthly') }}
),

final as (
    select
        mrr_drivers.end_month,
        {% for driver in ['seats', 'usage', 'upsell', 'cross_sell', 'price', 'downgrade', 'product_drop', 'pause'] %}
        sum(case when mrr_drivers.driver = '{{ driver }}' then mrr_drivers.amount else 0 end)
            as expansion_{{ driver }}_mrr,
        {% endfor %}
        segments.segment_type,
        segments.segment
    from mrr_drivers
    inner join segments
        on mrr_drivers.account_id = segments.account_id
        and segments.month = cast(mrr_drivers.end_month - interval '12' month as date)
    where mrr_drivers.window_months = 12
        and mrr_drivers.account_opening_mrr > 0
        and mrr_drivers.account_closing_mrr > mrr_drivers.account_opening_mrr
    group by mrr_drivers.end_month, segments.segment_type, segments.segment
)

select * from final
