-- The CSM of an account at a month's end.
with

accounts as (
    select * from {{ ref('stg_crm__accounts') }}
),

months as (
    select * from {{ ref('int_months') }}
),

owner_spans as (
    select * from {{ ref('int_account_owner_spans') }}
),

final as (
    select
        accounts.account_id,
        months.month,
        owner_spans.csm_id
    from accounts
    cross join months
    left join owner_spans
        on accounts.account_id = owner_spans.account_id
        and {{ in_force('months.snapshot_on', 'owner_spans.owned_from', 'owner_spans.owned_to') }}
)

select * from final
