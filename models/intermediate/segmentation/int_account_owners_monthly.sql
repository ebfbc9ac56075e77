-- The CSM of an account at a month's end.
with

owner_periods as (
    select * from {{ ref('int_account_owner_periods') }}
),

months as (
    select * from {{ ref('int_months') }}
),

final as (
    select
        owner_periods.account_id,
        months.month,
        owner_periods.csm_id
    from owner_periods
    inner join months
        on {{ in_force('months.snapshot_on', 'owner_periods.owned_from', 'owner_periods.owned_to') }}
)

select * from final
