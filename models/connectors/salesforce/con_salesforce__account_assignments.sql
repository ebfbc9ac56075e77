-- An account without a change has no row. Its CSM is then that of con_salesforce__accounts.
with

owner_changes as (
    select * from {{ ref('con_salesforce__owner_changes') }}
),

statuses as (
    select * from {{ ref('con_account_statuses') }}
),

{{ crm_assignments('owner_changes', 'statuses') }}

select * from final
