-- The events of all domains, each with an id that a run with other facts keeps.
{% set families = [
    'mrr', 'churns', 'tiers', 'health', 'activities', 'answers', 'tickets', 'playbooks', 'contacts', 'renewals',
    'value',
] %}
with

{% for family in families %}
events_{{ family }} as (
    select * from {{ ref('int_events_' ~ family) }}
),

{% endfor %}
events as (
    {% for family in families %}
    select * from events_{{ family }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        {{ dbt.hash(
            "events.account_id || '|' || events.kind || '|' || cast(events.occurred_on as string)"
            ~ " || '|' || events.row_key"
        ) }} as event_id,
        events.account_id,
        events.occurred_on,
        events.known_on,
        events.kind,
        events.event_text,
        events.table_name,
        events.row_key,
        events.is_provisional
    from events
)

select * from final
