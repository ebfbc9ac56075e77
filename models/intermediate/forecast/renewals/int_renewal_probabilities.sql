-- A health status moves its tier's rate as it moves the company's, or the policy's while few renewals are known.
-- The renewals of status and tier then correct that. Without a health status the tier's rate holds.
with

decided as (
    select * from {{ ref('int_renewals_decided') }}
),

tier_rates as (
    select * from {{ ref('int_renewal_tier_rates') }}
),

settings as (
    select * from {{ ref('policy_forecast_settings') }}
),

by_status as (
    select
        decided.*,
        sum(decided.renewals) over (partition by decided.known_by, decided.health_status) as status_renewals,
        sum(decided.renewed) over (partition by decided.known_by, decided.health_status) as status_renewed
    from decided
    where decided.health_status <> 'unscored'
),

status_rates as (
    select
        by_status.*,
        tier_rates.company_rate,
        tier_rates.tier_rate,
        settings.prior_cell_events,
        {{
            shrunk_rate(
                'by_status.status_renewed',
                'by_status.status_renewals',
                moved_rate(
                    'tier_rates.company_rate', 'tier_rates.policy_probability', 'by_status.policy_probability'
                ),
                'settings.prior_events'
            )
        }} as status_rate
    from by_status
    inner join tier_rates
        on by_status.known_by = tier_rates.known_by
        and by_status.touch_tier = tier_rates.touch_tier
        and tier_rates.health_status = 'unscored'
    cross join settings
),

probabilities as (
    select
        status_rates.known_by,
        status_rates.health_status,
        status_rates.touch_tier,
        status_rates.policy_probability,
        status_rates.renewals as past_renewals,
        {{
            shrunk_rate(
                'status_rates.renewed',
                'status_rates.renewals',
                moved_rate('status_rates.tier_rate', 'status_rates.company_rate', 'status_rates.status_rate'),
                'status_rates.prior_cell_events'
            )
        }} as probability
    from status_rates
    union all
    select
        tier_rates.known_by,
        tier_rates.health_status,
        tier_rates.touch_tier,
        tier_rates.policy_probability,
        tier_rates.renewals as past_renewals,
        tier_rates.tier_rate as probability
    from tier_rates
),

final as (
    select
        probabilities.known_by,
        probabilities.health_status,
        probabilities.touch_tier,
        probabilities.policy_probability,
        cast(probabilities.past_renewals as bigint) as past_renewals,
        round(probabilities.probability, 9) as calibrated_probability
    from probabilities
)

select * from final
