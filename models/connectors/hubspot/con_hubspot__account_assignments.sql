-- A company without a history of its CSM has no row. Its CSM is then that of con_hubspot__accounts.
with

owner_changes as (
    select * from {{ ref('con_hubspot__owner_changes') }}
),

statuses as (
    select * from {{ ref('con_account_statuses') }}
),

{{ crm_assignments('owner_changes', 'statuses') }}

select * from final
