-- A segment has a row of every status on each date on which it has an account. An account without a value is '(none)'.
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

statuses as (
    {% for status in ['healthy', 'stable', 'at_risk', 'critical', 'emergency', 'unscored'] %}
    select
        '{{ status }}' as health_status,
        {{ loop.index }} as status_rank
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

in_segments as (
    select
        customers_by_status.snapshot_date,
        'all' as segment_type,
        'all' as segment,
        customers_by_status.health_status,
        customers_by_status.mrr
    from customers_by_status
    union all
    select
        customers_by_status.snapshot_date,
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
),

segments as (
    select distinct
        in_segments.snapshot_date,
        in_segments.segment_type,
        in_segments.segment
    from in_segments
),

counted as (
    select
        in_segments.snapshot_date,
        in_segments.segment_type,
        in_segments.segment,
        in_segments.health_status,
        count(*) as accounts,
        sum(in_segments.mrr) as mrr
    from in_segments
    group by
        in_segments.snapshot_date,
        in_segments.segment_type,
        in_segments.segment,
        in_segments.health_status
),

final as (
    select
        segments.snapshot_date,
        segments.segment_type,
        segments.segment,
        statuses.health_status,
        statuses.status_rank,
        coalesce(counted.accounts, 0) as accounts,
        coalesce(counted.mrr, 0) as mrr
    from segments
    cross join statuses
    left join counted
        on segments.snapshot_date = counted.snapshot_date
        and segments.segment_type = counted.segment_type
        and segments.segment = counted.segment
        and statuses.health_status = counted.health_status
)

select * from final
