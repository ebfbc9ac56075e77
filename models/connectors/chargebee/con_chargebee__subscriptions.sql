with

subscription_states as (
    select * from {{ ref('con_chargebee__subscription_states') }}
),

links as (
    select * from {{ ref('con_account_links') }}
),

contract_terms as (
    select * from {{ ref('con_chargebee__contract_terms') }}
    where not_taken is null
),

subscription_items as (
    select * from {{ ref('con_chargebee__items') }}
),

-- The plan that earns most. What is over counts after what is in force.
plans_ranked as (
    select
        subscription_items.subscription_id,
        subscription_items.plan_id,
        subscription_items.interval_months,
        row_number() over (
            partition by subscription_items.subscription_id
            order by
                case when subscription_items.item_type = 'plan' then 0 else 1 end,
                subscription_items.quantity * subscription_items.unit_amount desc,
                subscription_items.plan_id
        ) as place
    from subscription_items
    where subscription_items.not_taken is null
),

latest_terms as (
    select
        contract_terms.subscription_id,
        contract_terms.auto_renew,
        {{ rounded_months('contract_terms.term_start_on', 'contract_terms.term_end_on') }} as term_months,
        row_number() over (
            partition by contract_terms.subscription_id order by contract_terms.term_start_on desc
        ) as from_the_last
    from contract_terms
),

final as (
    select
        subscription_states.subscription_id,
        coalesce(links.account_id, subscription_states.customer_id) as account_id,
        subscription_states.started_on,
        subscription_states.ended_on,
        subscription_states.canceled_on,
        case subscription_states.status_name
            when 'in_trial' then 'trialing'
            when 'non_renewing' then 'active'
            when 'future' then 'active'
            when 'cancelled' then 'canceled'
            when 'transferred' then 'canceled'
            else subscription_states.status_name
        end as status,
        subscription_states.status_name = 'in_trial' as is_trial,
        -- A trial given later is a pause: it must not take out the MRR before it.
        case
            when not coalesce(subscription_states.trial_started_on > subscription_states.started_on, false)
                then subscription_states.trial_ends_on
        end as trial_ends_on,
        plans_ranked.plan_id,
        cast(null as int) as seats,
        cast(null as double) as mrr_amount,
        subscription_states.currency,
        cast(
            coalesce(
                latest_terms.term_months,
                case when coalesce(plans_ranked.interval_months, subscription_states.interval_months) >= 12
                    then coalesce(plans_ranked.interval_months, subscription_states.interval_months)
                end,
                1
            ) as int
        ) as term_months,
        cast(null as string) as renews_subscription_id,
        subscription_states.status_name not in ('non_renewing', 'cancelled', 'transferred')
        and coalesce(latest_terms.auto_renew, true) as auto_renew,
        cast(null as timestamp) as loaded_at,
        case
            when subscription_states.version_number > 1 then 'older_version'
            else subscription_states.not_taken
        end as not_taken
    from subscription_states
    left join links
        on links.source = 'chargebee'
        and subscription_states.customer_id = links.source_id
    left join plans_ranked
        on subscription_states.subscription_id = plans_ranked.subscription_id
        and plans_ranked.place = 1
    left join latest_terms
        on subscription_states.subscription_id = latest_terms.subscription_id
        and latest_terms.from_the_last = 1
)

select * from final
