-- Movements of a month's MRR by the phase of its contract, which is without a term, within one, or at its end.
-- Paused and free accounts are not lost, so an account that pauses or returns from a pause in the month is left out.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

next_renewals as (
    select * from {{ ref('int_next_renewals_by_snapshot') }}
),

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

touch_tiers as (
    select * from {{ ref('int_account_touch_tiers') }}
),

months as (
    select * from {{ ref('int_months') }}
),

phased as (
    select
        account_mrr.account_id,
        account_mrr.month,
        coalesce(touch_tiers.touch_tier, '(none)') as touch_tier,
        case
            when next_renewals.next_renewal_on is null then 'evergreen'
            when next_renewals.next_renewal_on <= last_day(account_mrr.month) then 'renewal'
            else 'between'
        end as phase,
        customers.has_given_notice,
        account_mrr.opening_mrr,
        account_mrr.mrr
    from account_mrr
    inner join months as months_before
        on cast(account_mrr.month - interval '1' month as date) = months_before.month
    inner join next_renewals
        on account_mrr.account_id = next_renewals.account_id
        and months_before.snapshot_on = next_renewals.snapshot_date
    inner join customers
        on account_mrr.account_id = customers.account_id
        and months_before.snapshot_on = customers.snapshot_date
    left join touch_tiers
        on account_mrr.account_id = touch_tiers.account_id
        and months_before.month = touch_tiers.month
    where account_mrr.is_complete_month
        and account_mrr.opening_mrr > 0
        and (account_mrr.mrr > 0 or not account_mrr.has_contract)
),

final as (
    select
        phased.month,
        phased.touch_tier,
        phased.phase,
        count(*) as account_months,
        sum(phased.opening_mrr) as opening_mrr,
        sum(case when phased.mrr = 0 then phased.opening_mrr else 0 end) as churn_mrr,
        sum(
            case when phased.mrr = 0 and not phased.has_given_notice then phased.opening_mrr else 0 end
        ) as unannounced_churn_mrr,
        sum(case when phased.mrr > 0 then greatest(phased.opening_mrr - phased.mrr, 0) else 0 end) as contraction_mrr,
        sum(greatest(phased.mrr - phased.opening_mrr, 0)) as expansion_mrr
    from phased
    group by phased.month, phased.touch_tier, phased.phase
)

select * from final
