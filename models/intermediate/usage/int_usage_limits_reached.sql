-- The share of its limits that an account used in the latest whole month. On a month-end that is the month itself.
-- Limits are monthly, so a month that has just begun is not comparable.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

usage_limits as (
    select * from {{ ref('stg_product__usage_limits') }}
),

feature_months as (
    select * from {{ ref('int_usage_feature_months') }}
),

limits_in_force as (
    select
        usage_limits.account_id,
        usage_limits.feature_key,
        usage_limits.limit_quantity,
        usage_limits.effective_from as in_force_from,
        least(
            usage_limits.effective_to,
            lead(usage_limits.effective_from) over (
                partition by usage_limits.account_id, usage_limits.feature_key
                order by usage_limits.effective_from
            )
        ) as in_force_to
    from usage_limits
),

whole_months as (
    select
        customers.account_id,
        customers.snapshot_date,
        case
            when customers.snapshot_date = last_day(customers.snapshot_date)
                then cast(date_trunc('month', customers.snapshot_date) as date)
            else cast(date_trunc('month', customers.snapshot_date) - interval '1' month as date)
        end as month
    from customers
),

final as (
    select
        whole_months.snapshot_date,
        whole_months.account_id,
        limits_in_force.feature_key,
        whole_months.month,
        feature_months.quantity / nullif(limits_in_force.limit_quantity, 0) as limit_share
    from whole_months
    inner join limits_in_force
        on whole_months.account_id = limits_in_force.account_id
        and {{ in_force('whole_months.snapshot_date', 'limits_in_force.in_force_from', 'limits_in_force.in_force_to') }}
    inner join feature_months
        on limits_in_force.account_id = feature_months.account_id
        and limits_in_force.feature_key = feature_months.feature_key
        and whole_months.month = feature_months.month
    where feature_months.quantity is not null
)

select * from final
