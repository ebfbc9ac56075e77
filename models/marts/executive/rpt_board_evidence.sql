-- What decisions may rest on, each value as its mart states it, and the decision that it may be a cause of.
with

policy_causes as (
    select * from {{ ref('policy_board_causes') }}
),

figures as (
    select * from {{ ref('rpt_executive_scorecard') }}
),

decomposition as (
    select * from {{ ref('rpt_retention_decomposition') }}
),

leakage as (
    select * from {{ ref('rpt_leakage_points') }}
),

performance as (
    select * from {{ ref('rpt_segment_performance') }}
),

capacity as (
    select * from {{ ref('rpt_coverage_capacity') }}
),

reviews as (
    select * from {{ ref('rpt_account_review') }}
),

team_members as (
    select * from {{ ref('dim_team_members') }}
),

labels as (
    select * from {{ ref('dim_labels') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

touch_tiers as (
    select performance.*
    from performance
    where performance.tier_scheme = 'touch_tier'
),

quarter as (
    select decomposition.*
    from decomposition
    where decomposition.segment_type = 'all'
        and decomposition.quarter = (select max(latest.quarter) from decomposition as latest)
),

leaks as (
    select
        leakage.*,
        {{ leak_text('leakage', label_in_sentence('categories.label')) }}
        || coalesce(' at customers with ' || ranges.label, '') as leak
    from leakage
    inner join quarter
        on leakage.quarter = quarter.quarter
        and leakage.segment_type = quarter.segment_type
    left join labels as categories
        on categories.domain = 'reason_category'
        and leakage.reason_category = categories.code
    left join labels as ranges
        on leakage.tier_scheme = ranges.domain
        and leakage.tier = ranges.code
),

managers as (
    select count_if(team_members.role in ('manager', 'director', 'vp') and team_members.is_active) as managers
    from team_members
),

-- A figure that is not green is a cause where the policy says so.
missed as (
    select
        figures.*,
        policy_causes.decision,
        policy_causes.cause
    from figures
    left join policy_causes
        on figures.figure = policy_causes.figure
        and figures.status in ('yellow', 'red')
),

stated as (
    {{ board_values() }}
),

ranked as (
    select
        stated.*,
        policy_causes.cause as named_cause,
        row_number() over (
            partition by stated.cause_of
            order by
                coalesce(policy_causes.urgency, 1), -coalesce(stated.weight, 0), stated.figure, stated.segment
        ) as cause_rank
    from stated
    left join policy_causes
        on stated.cause_of = policy_causes.decision
        and stated.cause = policy_causes.cause
),

final as (
    select
        ranked.mart,
        ranked.figure,
        coalesce(ranked.segment, 'all') as segment,
        ranked.place,
        ranked.value,
        ranked.target,
        ranked.is_met,
        ranked.cause_of,
        case when ranked.cause_of is not null then coalesce(ranked.named_cause, 'other') end as cause,
        case when ranked.cause_of is not null then cast(ranked.cause_rank as int) end as cause_rank,
        run_context.reporting_currency
    from ranked
    cross join run_context
)

select * from final
