-- A cohort is shown at the ages that all its members have reached. Each member's age counts from its own first month.
with

cohorts as (
    select * from {{ ref('int_cohorts') }}
),

members as (
    select * from {{ ref('int_cohort_members') }}
),

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

months as (
    select * from {{ ref('int_months') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

ages as (
    select cast(row_number() over (order by months.month) - 1 as int) as age_months
    from months
),

cohort_ages as (
    select
        cohorts.*,
        ages.age_months,
        greatest(
            cohorts.last_cohort_month,
            cast(cohorts.last_first_month + ages.age_months * interval '1' month as date)
        ) as reached_month
    from cohorts
    cross join ages
),

retained as (
    select
        members.cohort_grain,
        members.cohort,
        members.segment_type,
        members.segment,
        {{ months_between('members.first_mrr_month', 'account_mrr.month') }} as age_months,
        count_if(account_mrr.mrr > 0) as retained_accounts,
        sum(account_mrr.mrr) as retained_mrr,
        sum(least(account_mrr.mrr, members.first_mrr)) as retained_base_mrr
    from members
    inner join account_mrr
        on members.account_id = account_mrr.account_id
    where account_mrr.is_complete_month
    group by
        members.cohort_grain,
        members.cohort,
        members.segment_type,
        members.segment,
        {{ months_between('members.first_mrr_month', 'account_mrr.month') }}
),

measured as (
    select
        cohort_ages.cohort_grain,
        cohort_ages.cohort,
        cohort_ages.segment_type,
        cohort_ages.segment,
        cohort_ages.age_months,
        cohort_ages.reached_month,
        cohort_ages.cohort_accounts,
        cohort_ages.cohort_mrr,
        coalesce(retained.retained_accounts, 0) as retained_accounts,
        coalesce(retained.retained_mrr, 0) as retained_mrr,
        coalesce(retained.retained_base_mrr, 0) as retained_base_mrr
    from cohort_ages
    cross join run_context
    left join retained
        on cohort_ages.cohort_grain = retained.cohort_grain
        and cohort_ages.cohort = retained.cohort
        and cohort_ages.segment_type = retained.segment_type
        and cohort_ages.segment = retained.segment
        and cohort_ages.age_months = retained.age_months
    where cohort_ages.reached_month <= run_context.last_complete_month
),

final as (
    select
        measured.cohort_grain,
        measured.cohort,
        measured.segment_type,
        measured.segment,
        measured.age_months,
        measured.reached_month,
        measured.cohort_accounts,
        measured.cohort_mrr,
        measured.retained_accounts,
        measured.retained_mrr,
        {{ retention_rates(
            starting_mrr='measured.cohort_mrr',
            retained_base_mrr='measured.retained_base_mrr',
            ending_mrr='measured.retained_mrr',
            starting_accounts='measured.cohort_accounts',
            retained_accounts='measured.retained_accounts',
        ) }}
    from measured
)

select * from final
