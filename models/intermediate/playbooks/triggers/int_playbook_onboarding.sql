-- From the first revenue until onboarding is completed. An account that completed it before gets no trigger.
with

customer_starts as (
    select * from {{ ref('int_customer_starts') }}
),

milestones as (
    select * from {{ ref('stg_product__milestones') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

completions as (
    select
        milestones.account_id,
        cast(milestones.achieved_at as date) as completed_on
    from milestones
    where milestones.milestone = 'onboarding_completed'
),

final as (
    select
        customer_starts.account_id,
        playbooks.playbook,
        customer_starts.customer_since as opened_on,
        customer_starts.customer_since as anchor_on,
        completions.completed_on as exit_on,
        'customer since ' || cast(customer_starts.customer_since as string) as evidence
    from customer_starts
    inner join playbooks
        on playbooks.playbook = 'onboarding'
    left join completions
        on customer_starts.account_id = completions.account_id
    where coalesce(completions.completed_on > customer_starts.customer_since, true)
)

select * from final
