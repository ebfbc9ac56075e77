-- Every condition and event that opens a playbook, of accounts that pay on the day.
{% set events = [
    'renewal', 'handoff', 'onboarding', 'departures', 'escalation', 'early_use', 'success_plan_missing', 'reviews_due',
] %}
with

conditions as (
    select * from {{ ref('int_playbook_conditions') }}
),

{% for event in events %}
{{ event }} as (
    select * from {{ ref('int_playbook_' ~ event) }}
),

{% endfor %}
mrr_lines as (
    select * from {{ ref('int_mrr_lines') }}
),

candidates as (
    select
        conditions.account_id,
        conditions.playbook,
        conditions.opened_on,
        conditions.opened_on as anchor_on,
        conditions.exit_on,
        cast(null as date) as last_day_on,
        conditions.is_provisional,
        conditions.evidence
    from conditions
    {% for event in events %}
    union all
    select
        {{ event }}.account_id,
        {{ event }}.playbook,
        {{ event }}.opened_on,
        {{ event }}.anchor_on,
        {{ event }}.exit_on,
        {{ event ~ '.last_day_on' if event == 'reviews_due' else 'cast(null as date)' }} as last_day_on,
        false as is_provisional,
        {{ event }}.evidence
    from {{ event }}
    {% endfor %}
),

paying_days as (
    select distinct
        candidates.account_id,
        candidates.opened_on
    from candidates
    inner join mrr_lines
        on candidates.account_id = mrr_lines.account_id
        and {{ in_force('candidates.opened_on', 'mrr_lines.line_from', 'mrr_lines.line_to') }}
    where mrr_lines.monthly_amount > 0
),

final as (
    select
        candidates.account_id,
        candidates.playbook,
        candidates.opened_on,
        candidates.anchor_on,
        candidates.exit_on,
        candidates.last_day_on,
        candidates.is_provisional,
        candidates.evidence
    from candidates
    inner join paying_days
        on candidates.account_id = paying_days.account_id
        and candidates.opened_on = paying_days.opened_on
)

select * from final
