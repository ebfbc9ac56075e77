-- The row shows a figure that the scorecard, or the policy, has and the other lacks.
-- Two companies compare their scorecards, so that a figure without data must still be a row.
-- Look first at int_figures, whose families name their figures.
with

shown as (
    select
        scorecard.figure,
        'the policy' as lacking_in
    from {{ ref('rpt_executive_scorecard') }} as scorecard
    union
    select
        figures.figure,
        'the policy' as lacking_in
    from {{ ref('int_figures') }} as figures
)

select
    shown.figure,
    shown.lacking_in
from shown
left join {{ ref('policy_scorecard_figures') }} as policy_figures
    on shown.figure = policy_figures.figure
where policy_figures.figure is null
union all
select
    policy_figures.figure,
    'the scorecard' as lacking_in
from {{ ref('policy_scorecard_figures') }} as policy_figures
left join {{ ref('rpt_executive_scorecard') }} as scorecard
    on policy_figures.figure = scorecard.figure
where scorecard.figure is null
