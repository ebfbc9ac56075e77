-- The next renewals of a book that are due within the policy's days.
with

accounts_covered as (
    select * from {{ ref('int_accounts_covered') }}
),

next_renewals as (
    select * from {{ ref('int_next_renewals_by_snapshot') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

settings as (
    select * from {{ ref('policy_coverage_settings') }}
),

final as (
    select
        accounts_covered.csm_id,
        count(*) as renewals,
        sum(next_renewals.arr_renewing) as arr_renewing
    from next_renewals
    cross join settings
    inner join run_context
        on next_renewals.snapshot_date = run_context.as_of_date
    inner join accounts_covered
        on next_renewals.account_id = accounts_covered.account_id
    where next_renewals.next_renewal_on <= {{ add_days('run_context.as_of_date', 'settings.renewals_due_days') }}
    group by accounts_covered.csm_id
)

select * from final
