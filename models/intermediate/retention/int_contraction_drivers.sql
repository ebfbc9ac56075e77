-- What took MRR off an account that stays. Its loss goes to the drivers that took some off, in proportion. Cumulative
-- amounts are rounded, so that the parts sum to the loss to the cent.
with

losses as (
    select * from {{ ref('int_retention_losses') }}
),

mrr_drivers as (
    select * from {{ ref('int_mrr_drivers') }}
),

driver_amounts as (
    select
        losses.end_month,
        losses.account_id,
        losses.lost_mrr,
        mrr_drivers.driver,
        -sum(mrr_drivers.amount) as reduction
    from losses
    inner join mrr_drivers
        on losses.end_month = mrr_drivers.end_month
        and losses.account_id = mrr_drivers.account_id
        and mrr_drivers.window_months = 12
    where not losses.is_gone
    group by losses.end_month, losses.account_id, losses.lost_mrr, mrr_drivers.driver
    having sum(mrr_drivers.amount) < 0
),

added_up as (
    select
        driver_amounts.*,
        sum(driver_amounts.reduction) over (
            partition by driver_amounts.end_month, driver_amounts.account_id
            order by driver_amounts.driver
            rows between unbounded preceding and current row
        ) as reduction_up_to,
        sum(driver_amounts.reduction) over (
            partition by driver_amounts.end_month, driver_amounts.account_id
        ) as reduction_of_all
    from driver_amounts
),

shares as (
    select
        added_up.*,
        cast(added_up.reduction_up_to as double) / cast(added_up.reduction_of_all as double) as share_up_to,
        cast(added_up.reduction_up_to - added_up.reduction as double) / cast(added_up.reduction_of_all as double)
            as share_before
    from added_up
),

rounded as (
    select
        shares.end_month,
        shares.account_id,
        shares.driver,
        {{ to_cents('shares.lost_mrr * shares.share_up_to') }} - {{ to_cents('shares.lost_mrr * shares.share_before') }}
            as lost_mrr
    from shares
),

final as (
    select
        rounded.end_month,
        rounded.account_id,
        rounded.driver,
        rounded.lost_mrr
    from rounded
    where rounded.lost_mrr > 0
)

select * from final
