-- An account whose health is poor, on enough evidence, is covered one touch tier up until it recovers.
-- The highest tier has none above it. Measures by tier do not read this.
with

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

months as (
    select * from {{ ref('int_months') }}
),

health_statuses as (
    select * from {{ ref('int_health_active_scheme') }}
),

tiers_ranked as (
    select * from {{ ref('int_tiers_ranked') }}
),

settings as (
    select * from {{ ref('policy_coverage_settings') }}
),

ranked as (
    select
        account_tiers.account_id,
        account_tiers.month,
        account_tiers.touch_tier,
        tiers_ranked.tier_rank,
        case
            when health_statuses.evidenced_score < settings.upgrade_below_health_score
                then greatest(tiers_ranked.tier_rank - 1, 1)
            else tiers_ranked.tier_rank
        end as effective_rank
    from account_tiers
    cross join settings
    inner join months
        on account_tiers.month = months.month
    inner join tiers_ranked
        on account_tiers.touch_tier = tiers_ranked.tier
        and tiers_ranked.scheme = 'touch_tier'
    left join health_statuses
        on account_tiers.account_id = health_statuses.account_id
        and months.snapshot_on = health_statuses.snapshot_date
),

final as (
    select
        ranked.account_id,
        ranked.month,
        ranked.touch_tier,
        ranked.effective_rank < ranked.tier_rank as is_temporary_upgrade,
        effective_tiers.tier as effective_touch_tier
    from ranked
    inner join tiers_ranked as effective_tiers
        on ranked.effective_rank = effective_tiers.tier_rank
        and effective_tiers.scheme = 'touch_tier'
)

select * from final
