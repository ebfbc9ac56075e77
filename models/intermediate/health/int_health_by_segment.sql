-- An account without a value of a segment type is in its segment '(none)', and one without a score is unscored.
{% set segment_types = ['arr_tier', 'touch_tier', 'investment_tier', 'industry', 'region', 'plan', 'csm'] %}
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

account_segments as (
    select * from {{ ref('int_account_segments_monthly') }}
),

segment_types as (
    {% for segment_type in segment_types %}
    select '{{ segment_type }}' as segment_type
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

customers_by_status as (
    select
        customers.snapshot_date,
        customers.account_id,
        customers.segment_month,
        customers.mrr,
        coalesce(health_statuses.health_status, 'unscored') as health_status
    from customers
    left join health_statuses
        on customers.snapshot_date = health_statuses.snapshot_date
        and customers.account_id = health_statuses.account_id
),

final as (
    select
        customers_by_status.snapshot_date,
        customers_by_status.account_id,
        'all' as segment_type,
        'all' as segment,
        customers_by_status.health_status,
        customers_by_status.mrr
    from customers_by_status
    union all
    select
        customers_by_status.snapshot_date,
        customers_by_status.account_id,
        segment_types.segment_type,
        coalesce(account_segments.segment, '(none)') as segment,
        customers_by_status.health_status,
        customers_by_status.mrr
    from customers_by_status
    cross join segment_types
    left join account_segments
        on customers_by_status.account_id = account_segments.account_id
        and customers_by_status.segment_month = account_segments.month
        and segment_types.segment_type = account_segments.segment_type
)

select * from final
