-- A memo whose cause is not among its evidence, or that has no three steps or not one line of a section.
with

counted as (
    select
        memo.decision,
        memo.cause,
        count_if(memo.section = 'bottom_line') as bottom_lines,
        count_if(memo.section = 'decision') as decisions,
        count_if(memo.section = 'how_to_act') as steps,
        count_if(memo.section = 'your_decision') as calls,
        count_if(evidence.cause_rank = 1 and evidence.cause_of = memo.decision) as causes_shown
    from {{ ref('rpt_board_memo') }} as memo
    left join {{ ref('rpt_board_evidence') }} as evidence
        on memo.mart = evidence.mart
        and memo.figure = evidence.figure
        and memo.segment = evidence.segment
        and memo.value = evidence.value
    group by memo.decision, memo.cause
)

select counted.*
from counted
where counted.bottom_lines <> 1
    or counted.decisions <> 1
    or counted.steps <> 3
    or counted.calls <> 1
    or counted.causes_shown <> case when counted.cause = 'none' then 0 else 1 end
