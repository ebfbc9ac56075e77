with

events as (
    select * from {{ ref('int_account_events') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

final as (
    select
        events.event_id,
        events.account_id,
        account_names.account_name,
        events.occurred_on,
        events.known_on,
        events.kind,
        events.event_text as text,
        events.table_name,
        events.row_key,
        events.is_provisional
    from events
    left join account_names
        on events.account_id = account_names.account_id
)

select * from final
