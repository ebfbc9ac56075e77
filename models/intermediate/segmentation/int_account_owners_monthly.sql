-- The CSM of an account at a month's end.
with

owner_spells as (
    select * from {{ ref('int_account_owner_spells') }}
),

months as (
    select * from {{ ref('int_months') }}
),

final as (
    select
        owner_spells.account_id,
        months.month,
        owner_spells.csm_id
    from owner_spells
    inner join months
        on {{ in_force('months.snapshot_on', 'owner_spells.owned_from', 'owner_spells.owned_to') }}
)

select * from final
