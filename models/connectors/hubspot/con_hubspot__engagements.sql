-- An outcome that nobody stated follows from the time: what lies behind was held.
{% set kinds = {
    'meeting': 'meeting.outcome', 'call': 'call.status', 'email': 'email.status', 'task': 'task.status',
} %}
with

{% for kind in kinds %}
{{ kind }}s as (
    select * from ({{ loaded_rows('hubspot', 'engagement_' ~ kind) }}) as loaded
),

{% endfor %}
stated as (
    {% for kind, field in kinds.items() %}
    select
        {{ kind }}s.engagement_id,
        '{{ kind }}' as kind,
        {{ 'cast(null as string)' if kind == 'email' else kind ~ 's.type' }} as type,
        {{ 'cast(null as string)' if kind == 'email' else kind ~ 's.title' }} as title,
        {{ kind }}s.owner_id,
        {{ kind }}s.happens_at,
        {{ 'tasks.completed_at' if kind == 'task' else 'cast(null as timestamp)' }} as done_at,
        {{ source_value('hubspot', field, kind ~ 's.outcome') }} as outcome,
        {{ first_listed(kind ~ 's.company_list') }} as listed_company_id,
        {{ first_listed(kind ~ 's.contact_list') }} as listed_contact_id,
        {{ kind }}s.happens_at <= coalesce({{ kind }}s._loaded_at, cast('{{ run_date() }}' as timestamp)) as is_past,
        case
            when {{ kind }}s._version > 1 then 'older_version'
            when coalesce({{ kind }}s.is_deleted, false) or coalesce({{ kind }}s.is_gone, false) then 'deleted'
        end as not_taken
    from {{ kind }}s
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

typed as (
    select
        stated.*,
        {{ crm_activity_type('hubspot', 'stated.type', 'stated.title', 'stated.kind') }} as activity_type,
        coalesce(
            stated.outcome,
            case
                when stated.kind = 'task' then 'scheduled'
                when stated.is_past then 'completed'
                else 'scheduled'
            end
        ) as status
    from stated
),

final as (
    select
        typed.engagement_id,
        typed.activity_type,
        typed.owner_id,
        typed.happens_at as scheduled_at,
        case when typed.status = 'completed' then coalesce(typed.done_at, typed.happens_at) end as completed_at,
        typed.status,
        typed.listed_company_id,
        typed.listed_contact_id,
        typed.not_taken
    from typed
)

select * from final
