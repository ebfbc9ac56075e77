-- A merged company is a record too where the loader no longer has it, so that links to it lead to the one that stands.
with

companies as (
    select * from ({{ loaded_rows('hubspot', 'company') }}) as loaded
    where loaded._version = 1
),

deals as (
    select * from {{ ref('con_hubspot__deals') }}
),

merges as (
    select * from {{ ref('con_hubspot__company_merges') }}
),

won as (
    select distinct deals.company_id
    from deals
    where deals.stage = 'closed_won' and coalesce(deals.not_taken, 'no_amount') = 'no_amount'
),

final as (
    select
        coalesce(companies.id, merges.company_id) as record_id,
        companies.name as account_name,
        companies.created_at,
        companies.domain as address,
        companies.billing_customer_id,
        merges.merged_into,
        companies.id is null
        or coalesce(companies.is_deleted, false)
        or coalesce(companies.is_gone, false) as is_deleted,
        won.company_id is not null as has_won_opportunity
    from companies
    full outer join merges
        on companies.id = merges.company_id
    left join won
        on coalesce(companies.id, merges.company_id) = won.company_id
    where coalesce(companies.id, merges.company_id) is not null
)

select * from final
