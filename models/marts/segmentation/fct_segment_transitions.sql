-- A tier changes by ARR, by another factor of the touch score, or by the ranks of other accounts.
with

transitions as (
    select * from {{ ref('int_tier_transitions') }}
),

touch_reasons as (
    select * from {{ ref('int_touch_transition_reasons') }}
),

investment_tiers as (
    select * from {{ ref('int_account_investment_tiers') }}
),

transition_actions as (
    select * from {{ ref('int_touch_transition_actions') }}
),

months as (
    select * from {{ ref('int_months') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

moved as (
    select
        transitions.*,
        months.is_complete_month,
        case
            when transitions.scheme = 'arr_tier' then 'arr'
            when transitions.scheme = 'touch_tier' then touch_reasons.factor
            when transitions.direction = 'up' and to_tiers.ranked_mrr > from_tiers.ranked_mrr then 'arr'
            when transitions.direction = 'down' and to_tiers.ranked_mrr < from_tiers.ranked_mrr then 'arr'
            else 'rank'
        end as cause
    from transitions
    inner join months
        on transitions.month = months.month
    inner join investment_tiers as from_tiers
        on transitions.account_id = from_tiers.account_id
        and transitions.from_month = from_tiers.month
    inner join investment_tiers as to_tiers
        on transitions.account_id = to_tiers.account_id
        and transitions.month = to_tiers.month
    left join touch_reasons
        on transitions.account_id = touch_reasons.account_id
        and transitions.month = touch_reasons.month
),

final as (
    select
        moved.account_id,
        account_names.account_name,
        moved.month,
        moved.is_complete_month,
        moved.scheme,
        moved.from_tier,
        moved.to_tier,
        moved.direction,
        case
            when moved.cause = 'arr' and moved.direction = 'up' then 'expansion'
            when moved.cause = 'arr' then 'contraction'
            when moved.cause = 'strategic' then 'fit'
            else moved.cause
        end as reason,
        case when moved.scheme = 'touch_tier' then transition_actions.action end as action,
        case when moved.scheme = 'touch_tier' then transition_actions.is_acted_on end as is_acted_on,
        moved.is_standing
    from moved
    left join account_names
        on moved.account_id = account_names.account_id
    left join transition_actions
        on moved.account_id = transition_actions.account_id
        and moved.month = transition_actions.month
)

select * from final
