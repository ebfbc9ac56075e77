-- The drivers of a segment's expansion in 12 months, over the accounts that grew. Some of them may also have lost MRR.
{% set drivers = ['seats', 'usage', 'upsell', 'cross_sell', 'price', 'downgrade', 'product_drop', 'pause'] %}
{% set losses = {
    'seats': 'seat reductions',
    'usage': 'lower billed usage',
    'upsell': 'moves to higher but cheaper plans',
    'price': 'price reductions',
    'downgrade': 'downgrades',
    'product_drop': 'dropped products',
    'pause': 'partial pauses',
} %}
with

mrr_drivers as (
    select * from {{ ref('int_mrr_drivers') }}
),

segments as (
    select * from {{ ref('int_account_segments_monthly') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

summed as (
    select
        mrr_drivers.end_month,
        {% for driver in drivers %}
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
),

with_losses as (
    select
        summed.*,
        concat_ws(
            ', ',
            {% for driver, loss in losses.items() %}
            case
                when summed.expansion_{{ driver }}_mrr < 0
                    then '{{ loss }} (' || run_context.reporting_currency || ' '
                        || {{ number_text('-summed.expansion_' ~ driver ~ '_mrr', 2) }} || ')'
            end{{ ',' if not loop.last }}
            {% endfor %}
        ) as losses
    from summed
    cross join run_context
),

final as (
    select
        with_losses.*,
        case
            when with_losses.losses <> ''
                then 'Accounts that grew also lost MRR to ' || with_losses.losses || '. Expansion is net of it.'
        end as note
    from with_losses
)

select * from final
