-- Who churned after the date and up to the end of the horizon.
with

horizons_over as (
    select * from {{ ref('int_elapsed_horizons') }}
),

churns as (
    select * from {{ ref('int_churns') }}
),

final as (
    select distinct
        horizons_over.snapshot_date,
        horizons_over.horizon_days,
        churns.account_id
    from horizons_over
    inner join churns
        on horizons_over.snapshot_date < churns.churned_on
        and horizons_over.horizon_ends_on >= churns.churned_on
)

select * from final
