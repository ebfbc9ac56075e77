-- A change of tier is known at its month's end.
with

transitions as (
    select * from {{ ref('int_tier_transitions') }}
),

months as (
    select * from {{ ref('int_months') }}
),

policy_labels as (
    select * from {{ ref('policy_labels') }}
),

policy_names as (
    select * from {{ ref('int_policy_labels') }}
),

labels as (
    select
        policy_labels.domain,
        policy_labels.code,
        {{ label_in_sentence('policy_labels.label') }} as label
    from policy_labels
    union all
    select
        policy_names.domain,
        policy_names.code,
        {{ label_in_sentence('policy_names.label') }} as label
    from policy_names
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
        || ' is now ' || coalesce(to_labels.label, transitions.to_tier)
        || case transitions.direction when 'up' then ', up from ' else ', down from ' end
        || coalesce(from_labels.label, transitions.from_tier) || '.' as event_text,
        not months.is_complete_month as is_provisional
    from transitions
    inner join months
        on transitions.month = months.month
    left join labels as from_labels
        on transitions.scheme = from_labels.domain
        and transitions.from_tier = from_labels.code
    left join labels as to_labels
        on transitions.scheme = to_labels.domain
        and transitions.to_tier = to_labels.code
)

select * from final
