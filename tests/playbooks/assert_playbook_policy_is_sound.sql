-- Every playbook has its row, the numbers that its rule needs and its steps, known words, and nothing that no model knows.
{% set needed = {
    'at_risk': ['threshold'],
    'renewal': ['lead_days', 'closes_after_days'],
    'onboarding': ['closes_after_days'],
    'low_adoption': ['threshold', 'after_days'],
    'expansion': [],
    'champion_change': ['min_open_days', 'closes_after_days'],
    'no_login_day_3': ['after_days', 'min_count'],
    'low_usage_day_7': ['after_days', 'min_count'],
    're_engagement': [],
    'success_plan_missing': ['after_days'],
} %}
with

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

steps as (
    select * from {{ ref('policy_playbook_steps') }}
),

cadences as (
    select * from {{ ref('policy_playbook_cadences') }}
),

needed as (
    {% for playbook in needed %}
    select '{{ playbook }}' as playbook
    {{ 'union all' if not loop.last }}
    {% endfor %}
    union all
    select distinct cadences.playbook from cadences
)

select
    case when needed.playbook is null then 'playbooks: no model and no cadence knows this row' else 'playbooks: a row is absent' end as flaw,
    coalesce(needed.playbook, playbooks.playbook) as place
from needed
full outer join playbooks
    on needed.playbook = playbooks.playbook
where needed.playbook is null or playbooks.playbook is null
{% for playbook, numbers in needed.items() %}
{% for number in numbers %}
union all
select
    'playbooks: a number that the rule needs is absent or below 0' as flaw,
    '{{ playbook }} {{ number }}' as place
from playbooks
where playbooks.playbook = '{{ playbook }}'
    and not coalesce(playbooks.{{ number }} >= 0, false)
{% endfor %}
{% endfor %}
union all
select
    'playbooks: no label, urgency, exit condition or days to match by, a tier that is none, or a number out of its range' as flaw,
    playbooks.playbook as place
from playbooks
where playbooks.label is null
    or playbooks.urgency is null
    or playbooks.exit_condition is null
    or not coalesce(playbooks.match_days >= 0, false)
    or not coalesce(playbooks.untiered_as in ('high_touch', 'low_touch', 'tech_touch'), false)
    or not coalesce(playbooks.target between 0 and 1, true)
    or not coalesce(playbooks.max_skipped between 0 and 1, true)
    or not coalesce(playbooks.executive_below between 0 and 100, true)
    or not coalesce(playbooks.closes_after_days > 0, true)
    or not coalesce(playbooks.min_open_days > 0, true)
    or not coalesce(playbooks.silence_days > 0, true)
    or not coalesce(playbooks.threshold between 0 and case playbooks.playbook when 'low_adoption' then 1 else 100 end, true)
union all
select
    'playbooks: its least days reach beyond those on which it closes' as flaw,
    playbooks.playbook as place
from playbooks
where playbooks.min_open_days > playbooks.closes_after_days
union all
select
    'playbook_steps: a playbook has no steps' as flaw,
    playbooks.playbook as place
from playbooks
left join steps
    on playbooks.playbook = steps.playbook
where steps.playbook is null
union all
select
    'playbook_steps: a step without its playbook, day or action, or a word that is none' as flaw,
    coalesce(steps.playbook, '') || ' ' || coalesce(steps.step, '') as place
from steps
left join playbooks
    on steps.playbook = playbooks.playbook
where playbooks.playbook is null
    or steps.step is null
    or steps.day_offset is null
    or steps.action is null
    or not coalesce(steps.touch_tier in ('high_touch', 'low_touch', 'tech_touch'), true)
    or not coalesce(steps.owner_role in ('csm', 'manager', 'executive', 'account_executive', 'cs_ops', 'automation'), false)
    or not coalesce(steps.channel in ('internal', 'document', 'email', 'in_app', 'call', 'video'), false)
union all
select
    'playbook_steps: a step falls before its playbook opens' as flaw,
    steps.playbook || ' ' || steps.step as place
from steps
inner join playbooks
    on steps.playbook = playbooks.playbook
    and steps.day_offset < -coalesce(playbooks.lead_days, 0)
union all
select
    'playbook_steps: a step counts for every tier and for one of them' as flaw,
    steps.playbook || ' ' || steps.step as place
from steps
group by steps.playbook, steps.step
having count(steps.touch_tier) between 1 and count(*) - 1
union all
select
    'playbook_cadences: no months above 0, no lead, or a word that is none' as flaw,
    coalesce(cadences.playbook, '') || ' ' || coalesce(cadences.tier, '') as place
from cadences
left join playbooks
    on cadences.playbook = playbooks.playbook
where not coalesce(cadences.every_months > 0, false)
    or not coalesce(playbooks.lead_days >= 0, false)
    or not coalesce(
        (cadences.tier_scheme = 'touch_tier' and cadences.tier in ('high_touch', 'low_touch', 'tech_touch'))
        or (cadences.tier_scheme = 'investment_tier' and cadences.tier in ('strategic', 'enterprise', 'mid_market', 'smb')),
        false
    )
    or not coalesce(cadences.done_by in (
        'kickoff', 'onboarding', 'training', 'check_in', 'qbr', 'ebr', 'executive_touch', 'email', 'webinar', 'community', 'other', 'nps', 'csat', 'ces'
    ), false)
