-- The CRM names no subscription. A renewal has the opportunity of its account that is expected, else closed, nearest to
-- its end, and at most lead_days from it. Of two equally near, the later one counts.
with

renewals as (
    select * from {{ ref('int_renewal_events') }}
),

opportunities as (
    select * from {{ ref('int_opportunities_expected') }}
),

settings as (
    select * from {{ ref('policy_forecast_settings') }}
),

dated as (
    select
        opportunities.opportunity_id,
        opportunities.account_id,
        opportunities.stage,
        opportunities.is_open,
        opportunities.amount,
        coalesce(opportunities.expected_close_on, opportunities.closed_on) as placed_on
    from opportunities
    where opportunities.opportunity_type = 'renewal'
),

near as (
    select
        renewals.subscription_id,
        renewals.renewal_on,
        dated.opportunity_id,
        dated.amount,
        case
            when dated.is_open then 'open'
            when dated.stage = 'closed_won' then 'secured'
            else 'lost'
        end as crm_outlook,
        row_number() over (
            partition by renewals.subscription_id, renewals.renewal_on
            order by
                abs({{ days_between('renewals.renewal_on', 'dated.placed_on') }}),
                dated.placed_on desc,
                dated.opportunity_id desc
        ) as nearness
    from renewals
    inner join dated
        on renewals.account_id = dated.account_id
    cross join settings
    where abs({{ days_between('renewals.renewal_on', 'dated.placed_on') }}) <= settings.lead_days
),

final as (
    select
        near.subscription_id,
        near.renewal_on,
        near.opportunity_id,
        near.amount as opportunity_amount,
        near.crm_outlook
    from near
    where near.nearness = 1
)

select * from final
