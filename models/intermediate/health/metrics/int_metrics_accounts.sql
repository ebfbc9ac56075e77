-- Account attributes as the CRM has them now, because it has no history of them.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

accounts as (
    select * from {{ ref('int_account_attributes') }}
),

final as (
    select
        customers.snapshot_date,
        customers.account_id,
        'growth_potential' as metric,
        cast(null as double) as value,
        accounts.growth_potential as value_text
    from customers
    inner join accounts
        on customers.account_id = accounts.account_id
    where accounts.growth_potential is not null
    union all
    select
        customers.snapshot_date,
        customers.account_id,
        'strategic_importance' as metric,
        case when accounts.is_strategic then cast(1 as double) else cast(0 as double) end as value,
        cast(null as string) as value_text
    from customers
    inner join accounts
        on customers.account_id = accounts.account_id
    where accounts.is_strategic is not null
)

select * from final
