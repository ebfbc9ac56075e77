-- From the first revenue until the kickoff. A customer that had its kickoff before gets no trigger.
with

customer_starts as (
    select * from {{ ref('int_customer_starts') }}
),

activities as (
    select * from {{ ref('stg_crm__activities') }}
),

opportunities as (
    select * from {{ ref('stg_crm__opportunities') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

kickoffs as (
    select
        activities.account_id,
        min(cast(greatest(activities.completed_at, activities.scheduled_at) as date)) as held_on
    from activities
    where activities.activity_type = 'kickoff'
        and activities.status = 'completed'
    group by activities.account_id
),

-- Sales that closed by the first day of revenue. A company may record none.
wins as (
    select
        customer_starts.account_id,
        max(opportunities.closed_on) as won_on
    from customer_starts
    inner join opportunities
        on customer_starts.account_id = opportunities.account_id
        and customer_starts.customer_since >= greatest(opportunities.closed_on, cast(opportunities.created_at as date))
    where opportunities.opportunity_type = 'new'
        and opportunities.stage = 'closed_won'
    group by customer_starts.account_id
),

final as (
    select
        customer_starts.account_id,
        playbooks.playbook,
        customer_starts.customer_since as opened_on,
        customer_starts.customer_since as anchor_on,
        kickoffs.held_on as exit_on,
        case when wins.won_on is not null then 'won on ' || cast(wins.won_on as string) || ', ' else '' end
        || 'customer since ' || cast(customer_starts.customer_since as string) as evidence
    from customer_starts
    inner join playbooks
        on playbooks.playbook = 'handoff'
    left join kickoffs
        on customer_starts.account_id = kickoffs.account_id
    left join wins
        on customer_starts.account_id = wins.account_id
    where coalesce(kickoffs.held_on > customer_starts.customer_since, true)
)

select * from final
