-- Whatever calls for a playbook, of accounts that are customers on the day.
{% set events = ['renewal', 'onboarding', 'champion_change', 'early_use', 'success_plan_missing', 'reviews_due'] %}
with

states as (
    select * from {{ ref('int_playbook_states') }}
),

{% for event in events %}
{{ event }} as (
    select * from {{ ref('int_playbook_' ~ event) }}
),

{% endfor %}
mrr_lines as (
    select * from {{ ref('int_mrr_lines') }}
),

calls as (
    select
        states.account_id,
        states.playbook,
        states.opened_on,
        states.opened_on as anchor_on,
        states.exit_on,
        states.is_provisional,
        states.evidence
    from states
    {% for event in events %}
    union all
    select
        {{ event }}.account_id,
        {{ event }}.playbook,
        {{ event }}.opened_on,
        {{ event }}.anchor_on,
        {{ event }}.exit_on,
        false as is_provisional,
        {{ event }}.evidence
    from {{ event }}
    {% endfor %}
),

paying_days as (
    select distinct
        calls.account_id,
        calls.opened_on
    from calls
    inner join mrr_lines
        on calls.account_id = mrr_lines.account_id
        and {{ in_force('calls.opened_on', 'mrr_lines.line_from', 'mrr_lines.line_to') }}
    where mrr_lines.monthly_amount > 0
),

final as (
    select
        calls.account_id,
        calls.playbook,
        calls.opened_on,
        calls.anchor_on,
        calls.exit_on,
        calls.is_provisional,
        calls.evidence
    from calls
    inner join paying_days
        on calls.account_id = paying_days.account_id
        and calls.opened_on = paying_days.opened_on
)

select * from final
