-- What drove the expansion of a segment's 12 months, over the accounts that grew.
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
        segments.segment_type,
        segments.segment,
        sum(case when mrr_drivers.driver = 'seats' then mrr_drivers.amount else 0 end) as expansion_seats_mrr,
        sum(case when mrr_drivers.driver = 'usage' then mrr_drivers.amount else 0 end) as expansion_usage_mrr,
        sum(case when mrr_drivers.driver = 'upsell' then mrr_drivers.amount else 0 end) as expansion_upsell_mrr,
        sum(case when mrr_drivers.driver = 'cross_sell' then mrr_drivers.amount else 0 end) as expansion_cross_sell_mrr,
        sum(case when mrr_drivers.driver = 'price' then mrr_drivers.amount else 0 end) as expansion_price_mrr,
        sum(case when mrr_drivers.driver = 'downgrade' then mrr_drivers.amount else 0 end) as expansion_downgrade_mrr,
        sum(case when mrr_drivers.driver = 'product_drop' then mrr_drivers.amount else 0 end) as expansion_product_drop_mrr,
        sum(case when mrr_drivers.driver = 'pause' then mrr_drivers.amount else 0 end) as expansion_pause_mrr
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
