-- MRR of a day's customers by the next renewal of its subscription. A signed successor moves that to its own end.
-- Only renewals within lead_days have a health status, since nobody knows the health of a year ahead.
with

origins as (
    select * from {{ ref('int_forecast_origins') }}
),

lines_by_snapshot as (
    select * from {{ ref('int_mrr_lines_by_snapshot') }}
),

subscriptions as (
    select * from {{ ref('stg_billing__subscriptions') }}
),

contract_terms as (
    select * from {{ ref('int_contract_terms') }}
),

next_renewals as (
    select * from {{ ref('int_next_renewals_by_snapshot') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

settings as (
    select * from {{ ref('policy_forecast_settings') }}
),

in_force as (
    select
        origins.made_on,
        origins.base_month,
        lines_by_snapshot.account_id,
        lines_by_snapshot.subscription_id,
        case when subscriptions.canceled_on <= origins.made_on then subscriptions.ended_on end as leaves_on,
        subscriptions.term_months,
        sum(lines_by_snapshot.mrr) as mrr
    from origins
    inner join lines_by_snapshot
        on origins.made_on = lines_by_snapshot.snapshot_date
    inner join subscriptions
        on lines_by_snapshot.subscription_id = subscriptions.subscription_id
    group by
        origins.made_on,
        origins.base_month,
        lines_by_snapshot.account_id,
        lines_by_snapshot.subscription_id,
        subscriptions.canceled_on,
        subscriptions.ended_on,
        subscriptions.term_months
    having sum(lines_by_snapshot.mrr) > 0
),

terms_known as (
    select
        in_force.made_on,
        in_force.subscription_id,
        max(contract_terms.term_end_on) as term_end_on,
        min(contract_terms.term_end_on) as first_end_on,
        max_by(
            {{ months_between('contract_terms.term_start_on', 'contract_terms.term_end_on') }},
            contract_terms.term_end_on
        ) as months_long
    from in_force
    inner join contract_terms
        on in_force.subscription_id = contract_terms.subscription_id
        and in_force.made_on < contract_terms.term_end_on
        and {{ in_force('in_force.made_on', 'contract_terms.known_on', 'contract_terms.superseded_on') }}
    group by in_force.made_on, in_force.subscription_id
),

positioned as (
    select
        in_force.made_on,
        coalesce(health_statuses.touch_tier, '(none)') as touch_tier,
        case
            when
                in_force.leaves_on is null
                and terms_known.term_end_on <= {{ add_days('in_force.made_on', 'settings.lead_days') }}
                then coalesce(health_statuses.health_status, 'unscored')
            else 'any'
        end as health_status,
        account_tiers.investment_tier,
        in_force.mrr,
        cast(in_force.mrr as double)
        / sum(cast(in_force.mrr as double)) over (partition by in_force.made_on, in_force.account_id)
            as share_of_account,
        case
            when in_force.leaves_on is not null then 'leaving'
            when terms_known.subscription_id is not null then 'term'
            when next_renewals.next_renewal_on is not null then 'between'
            else 'evergreen'
        end as position,
        {{ months_between('in_force.base_month', 'coalesce(in_force.leaves_on, terms_known.term_end_on)') }}
            as months_to_end,
        case
            when in_force.leaves_on is null and terms_known.first_end_on < terms_known.term_end_on
                then {{ months_between('in_force.base_month', 'terms_known.first_end_on') }}
        end as months_to_signed_end,
        greatest(coalesce(in_force.term_months, terms_known.months_long), 1) as term_months
    from in_force
    inner join next_renewals
        on in_force.made_on = next_renewals.snapshot_date
        and in_force.account_id = next_renewals.account_id
    cross join settings
    left join terms_known
        on in_force.made_on = terms_known.made_on
        and in_force.subscription_id = terms_known.subscription_id
    left join health_statuses
        on in_force.made_on = health_statuses.snapshot_date
        and in_force.account_id = health_statuses.account_id
    left join account_tiers
        on in_force.account_id = account_tiers.account_id
        and cast(date_trunc('month', in_force.made_on) as date) = account_tiers.month
),

final as (
    select
        positioned.made_on,
        positioned.touch_tier,
        positioned.investment_tier,
        positioned.position,
        positioned.health_status,
        positioned.months_to_end,
        positioned.months_to_signed_end,
        case when positioned.position = 'term' then positioned.term_months end as term_months,
        count(*) as subscriptions,
        round(sum(positioned.share_of_account), 9) as accounts,
        sum(positioned.mrr) as mrr
    from positioned
    group by
        positioned.made_on,
        positioned.touch_tier,
        positioned.investment_tier,
        positioned.position,
        positioned.health_status,
        positioned.months_to_end,
        positioned.months_to_signed_end,
        case when positioned.position = 'term' then positioned.term_months end
)

select * from final
