-- A memo without three steps, without its words or without the figure of its cause says less than the board asks for.
with

step_counts as (
    select
        causes.decision,
        causes.cause,
        count(steps.step) as steps
    from {{ ref('policy_board_causes') }} as causes
    left join {{ ref('policy_board_steps') }} as steps
        on causes.decision = steps.decision
        and causes.cause = steps.cause
    group by causes.decision, causes.cause
)

select
    'board_steps' as file,
    step_counts.decision || ',' || step_counts.cause as place,
    'has ' || step_counts.steps || ' steps, expected 3' as violation
from step_counts
where step_counts.steps <> 3
union all
select
    'board_causes' as file,
    decisions.decision || ',none' as place,
    'no such row, expected one for the day on which nothing calls' as violation
from {{ ref('policy_board_decisions') }} as decisions
left join {{ ref('policy_board_causes') }} as causes
    on decisions.decision = causes.decision
    and causes.cause = 'none'
where causes.cause is null
union all
select
    'board_causes' as file,
    'retention,other' as place,
    'no such row, expected one for reasons without a row' as violation
from {{ ref('policy_board_decisions') }} as decisions
where decisions.decision = 'retention'
    and not exists (
        select causes.cause from {{ ref('policy_board_causes') }} as causes
        where causes.decision = 'retention' and causes.cause = 'other'
    )
union all
select
    'board_causes' as file,
    causes.decision || ',' || causes.cause as place,
    'no row of board_evidence shows ' || causes.figure || ' in this decision' as violation
from {{ ref('policy_board_causes') }} as causes
left join {{ ref('policy_board_evidence') }} as evidence
    on causes.decision = evidence.decision
    and causes.figure = evidence.figure
    and evidence.mart = 'rpt_executive_scorecard'
where causes.figure is not null
    and evidence.figure is null
union all
{{ policy_references('board_causes', ['decision'], 'board_decisions') }}
union all
{{ policy_references('board_evidence', ['decision'], 'board_decisions') }}
union all
{{ policy_references('board_steps', ['decision', 'cause'], 'board_causes') }}
