-- A change of tier is known at its month's end.
with

transitions as (
    select * from {{ ref('int_tier_transitions') }}
),

months as (
    select * from {{ ref('int_months') }}
),

final as (
    select
        transitions.account_id,
        months.snapshot_on as occurred_on,
        months.snapshot_on as known_on,
        {{ event_columns('tier_change', 'fct_segment_transitions', {
            'account_id': 'transitions.account_id', 'month': 'transitions.month', 'scheme': 'transitions.scheme',
        }) }},
        case transitions.scheme
            when 'arr_tier' then 'ARR tier'
            when 'touch_tier' then 'Touch tier'
            else 'Investment tier'
        end
        || case transitions.direction when 'up' then ' rose from ' else ' fell from ' end
        || replace(transitions.from_tier, '_', ' ') || ' to ' || replace(transitions.to_tier, '_', ' ') || '.'
            as event_text,
        not months.is_complete_month as is_provisional
    from transitions
    inner join months
        on transitions.month = months.month
)

select * from final
