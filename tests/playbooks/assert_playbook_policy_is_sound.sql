-- Every playbook has a rule or a cadence and closes no sooner than it opens. Its steps follow its start, and a tier
-- belongs to its scheme. A CSM has steps of tech touch in at_risk alone, and what is due has one rule.
{% set ruled = policy_contract('policy_playbooks').columns.playbook.each if execute else [] %}
with

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

steps as (
    select * from {{ ref('policy_playbook_steps') }}
),

cadences as (
    select * from {{ ref('policy_playbook_cadences') }}
)

select
    'playbooks' as file,
    playbooks.playbook as place,
    'no model and no row of playbook_cadences opens this playbook' as violation
from playbooks
left join cadences
    on playbooks.playbook = cadences.playbook
where cadences.playbook is null
    and playbooks.playbook not in ('{{ ruled | join("', '") }}')
union all
{{ policy_references('playbooks', ['playbook'], 'playbook_steps') }}
union all
{{ policy_references('playbook_steps', ['playbook'], 'playbooks') }}
union all
{{ policy_references('playbook_cadences', ['playbook'], 'playbooks') }}
union all
{{ policy_references('worklist_facts', ['playbook'], 'playbooks') }}
union all
select
    'playbooks' as file,
    playbooks.playbook as place,
    'lead_days is missing, expected a number because the playbook is in playbook_cadences' as violation
from playbooks
where playbooks.lead_days is null
    and playbooks.playbook in (select cadences.playbook from cadences)
union all
select
    'playbooks' as file,
    playbooks.playbook as place,
    'closes_at is ' || playbooks.closes_at || ', expected '
    || case when playbooks.playbook in ('at_risk', 'low_adoption') then 'at least' else 'at most' end
    || ' opens_at, which is ' || playbooks.opens_at as violation
from playbooks
where case
        when playbooks.playbook in ('at_risk', 'low_adoption') then playbooks.closes_at < playbooks.opens_at
        else playbooks.closes_at > playbooks.opens_at
    end
union all
select
    'playbook_steps' as file,
    steps.playbook || ',' || coalesce(steps.touch_tier, '') || ',' || steps.step as place,
    'day_offset is ' || steps.day_offset || ', expected at least ' || -coalesce(playbooks.lead_days, 0)
    || ', the day on which the playbook opens' as violation
from steps
inner join playbooks
    on steps.playbook = playbooks.playbook
    and steps.day_offset < -coalesce(playbooks.lead_days, 0)
union all
select
    'playbook_steps' as file,
    steps.playbook || ',,' || steps.step as place,
    'the step has a row for all tiers and rows for single ones, expected either' as violation
from steps
group by steps.playbook, steps.step
having count(steps.touch_tier) between 1 and count(*) - 1
union all
select
    'playbook_steps' as file,
    steps.playbook || ',' || coalesce(steps.touch_tier, '') || ',' || steps.step as place,
    'owner_role is csm, expected another role for tech_touch because the playbook is not at_risk' as violation
from steps
where steps.owner_role = 'csm'
    and steps.playbook <> 'at_risk'
    and coalesce(steps.touch_tier, 'tech_touch') = 'tech_touch'
union all
select
    'playbook_steps' as file,
    steps.playbook || ',' || coalesce(steps.touch_tier, '') || ',' || steps.step as place,
    'needs is ' || steps.needs || ', expected none because only a renewal has a risk' as violation
from steps
where steps.needs is not null
    and steps.playbook <> 'renewal'
union all
select
    'playbook_cadences' as file,
    cadences.playbook || ',' || cadences.tier as place,
    'expected after_days or every_months, and not both' as violation
from cadences
where (cadences.after_days is null) = (cadences.every_months is null)
union all
select
    'playbook_cadences' as file,
    cadences.playbook || ',' || cadences.tier as place,
    'the ' || cadences.tier_scheme || ' has no such tier' as violation
from cadences
where not case cadences.tier_scheme
        when 'touch_tier' then cadences.tier in ('high_touch', 'low_touch', 'tech_touch')
        else cadences.tier in ('strategic', 'enterprise', 'mid_market', 'smb')
    end
