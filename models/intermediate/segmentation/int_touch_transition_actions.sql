-- What a change of touch tier asks for, and whether the owner changed. The cause lies somewhere in the month, so an
-- owner who came before its end counts.
with

transitions as (
    select * from {{ ref('int_tier_transitions') }}
),

tiers_ranked as (
    select * from {{ ref('int_tiers_ranked') }}
),

owner_periods as (
    select * from {{ ref('int_account_owner_periods') }}
),

settings as (
    select * from {{ ref('policy_coverage_settings') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

with_previous as (
    select
        owner_periods.account_id,
        owner_periods.owned_from,
        owner_periods.csm_id,
        lag(owner_periods.csm_id) over (
            partition by owner_periods.account_id
            order by owner_periods.owned_from
        ) as previous_csm_id
    from owner_periods
),

owner_changes as (
    select
        with_previous.account_id,
        with_previous.owned_from as changed_on
    from with_previous
    cross join run_context
    where with_previous.csm_id is distinct from with_previous.previous_csm_id
        and with_previous.owned_from <= run_context.as_of_date
),

touch_transitions as (
    select
        transitions.account_id,
        transitions.month,
        transitions.direction,
        tiers_ranked.tier_rank as to_rank,
        max(lowest.tier_rank) as lowest_rank,
        {{ add_days('last_day(transitions.month)', 'max(settings.transition_act_days)') }} as act_by
    from transitions
    cross join settings
    inner join tiers_ranked
        on transitions.scheme = tiers_ranked.scheme
        and transitions.to_tier = tiers_ranked.tier
    inner join tiers_ranked as lowest
        on transitions.scheme = lowest.scheme
    where transitions.scheme = 'touch_tier'
    group by transitions.account_id, transitions.month, transitions.direction, tiers_ranked.tier_rank
),

acted as (
    select
        touch_transitions.account_id,
        touch_transitions.month,
        min(owner_changes.changed_on) as acted_on
    from touch_transitions
    inner join owner_changes
        on touch_transitions.account_id = owner_changes.account_id
        and owner_changes.changed_on between touch_transitions.month and touch_transitions.act_by
    group by touch_transitions.account_id, touch_transitions.month
),

final as (
    select
        touch_transitions.account_id,
        touch_transitions.month,
        case
            when touch_transitions.to_rank = touch_transitions.lowest_rank then 'to_automation'
            when touch_transitions.to_rank = 1 then 'assign_dedicated'
            when touch_transitions.direction = 'up' then 'assign_pooled'
            else 'to_pool'
        end as action,
        touch_transitions.act_by,
        acted.acted_on,
        -- Open until the days are over.
        case
            when acted.acted_on is not null then true
            when touch_transitions.act_by <= run_context.as_of_date then false
        end as is_acted_on
    from touch_transitions
    cross join run_context
    left join acted
        on touch_transitions.account_id = acted.account_id
        and touch_transitions.month = acted.month
)

select * from final
