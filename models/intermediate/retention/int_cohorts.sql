with

members as (
    select * from {{ ref('int_cohort_members') }}
),

final as (
    select
        members.cohort_grain,
        members.cohort,
        members.segment_type,
        members.segment,
        max(members.last_cohort_month) as last_cohort_month,
        max(members.first_mrr_month) as last_first_month,
        count(*) as cohort_accounts,
        sum(members.first_mrr) as cohort_mrr
    from members
    group by members.cohort_grain, members.cohort, members.segment_type, members.segment
)

select * from final
