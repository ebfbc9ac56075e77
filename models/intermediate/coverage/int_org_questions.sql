with

questions as (
    select * from {{ ref('policy_org_questions') }}
),

conditions as (
    select * from {{ ref('policy_org_maturity') }}
),

final as (
    select
        questions.question,
        questions.topic,
        questions.label,
        questions.sort_order,
        questions.unit,
        questions.display_format,
        questions.unblocks
    from questions
    union all
    select
        conditions.question,
        'maturity' as topic,
        conditions.label,
        conditions.sort_order,
        conditions.unit,
        conditions.display_format,
        cast(null as string) as unblocks
    from conditions
)

select * from final
