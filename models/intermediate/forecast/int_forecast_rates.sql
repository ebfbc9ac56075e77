-- Monthly rates of each tier and phase over the last twelve complete months. A tier's rate is shrunk towards the
-- company's, and the company's towards the policy's, each with the weight of prior_account_months. Accounts renew about
-- once a year, so that rates at a renewal have a twelfth of that weight.
with

origins as (
    select * from {{ ref('int_forecast_origins') }}
),

phases as (
    select * from {{ ref('int_contract_phases') }}
),

positions as (
    select * from {{ ref('int_forecast_positions') }}
),

policy_rates as (
    select * from {{ ref('policy_forecast_rates') }}
),

settings as (
    select * from {{ ref('policy_forecast_settings') }}
),

tiers as (
    select distinct positions.touch_tier from positions
),

movements as (
    {% for movement in ['churn', 'contraction', 'expansion'] %}
    select
        phases.month,
        phases.touch_tier,
        phases.phase,
        '{{ movement }}' as movement,
        phases.account_months,
        cast(phases.opening_mrr as double) as opening_mrr,
        cast(phases.{{ movement }}_mrr as double) as moved_mrr
    from phases
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

seen as (
    select
        origins.made_on,
        movements.touch_tier,
        movements.phase,
        movements.movement,
        sum(movements.account_months) as account_months,
        sum(movements.moved_mrr) as moved_mrr,
        sum(movements.opening_mrr) as opening_mrr
    from origins
    inner join movements
        on origins.base_month >= movements.month
        and movements.month > cast(origins.base_month - interval '12' month as date)
    group by origins.made_on, movements.touch_tier, movements.phase, movements.movement
),

-- Share of all churned MRR without notice before its month.
notices as (
    select
        origins.made_on,
        cast(sum(phases.unannounced_churn_mrr) as double)
        / nullif(cast(sum(phases.churn_mrr) as double), 0) as unannounced_share
    from origins
    inner join phases
        on origins.base_month >= phases.month
    group by origins.made_on
),

seen_of_company as (
    select
        seen.made_on,
        seen.phase,
        seen.movement,
        sum(seen.account_months) as account_months,
        sum(seen.moved_mrr) / sum(seen.opening_mrr) as rate
    from seen
    group by seen.made_on, seen.phase, seen.movement
),

priors as (
    select
        policy_rates.phase,
        policy_rates.movement,
        policy_rates.monthly_rate,
        case
            when policy_rates.phase = 'renewal' then settings.prior_account_months / 12
            else settings.prior_account_months
        end as prior_account_months
    from policy_rates
    cross join settings
),

company_rates as (
    select
        origins.made_on,
        priors.phase,
        priors.movement,
        priors.prior_account_months,
        (
            coalesce(seen_of_company.account_months * seen_of_company.rate, 0)
            + priors.prior_account_months * priors.monthly_rate
        )
        / (coalesce(seen_of_company.account_months, 0) + priors.prior_account_months) as rate
    from origins
    cross join priors
    left join seen_of_company
        on origins.made_on = seen_of_company.made_on
        and priors.phase = seen_of_company.phase
        and priors.movement = seen_of_company.movement
),

tier_rates as (
    select
        company_rates.made_on,
        tiers.touch_tier,
        company_rates.phase,
        company_rates.movement,
        (
            coalesce(seen.account_months * seen.moved_mrr / seen.opening_mrr, 0)
            + company_rates.prior_account_months * company_rates.rate
        ) / (coalesce(seen.account_months, 0) + company_rates.prior_account_months) as rate
    from company_rates
    cross join tiers
    left join seen
        on company_rates.made_on = seen.made_on
        and tiers.touch_tier = seen.touch_tier
        and company_rates.phase = seen.phase
        and company_rates.movement = seen.movement
),

final as (
    select
        tier_rates.made_on,
        tier_rates.touch_tier,
        tier_rates.phase,
        coalesce(max(case when tier_rates.movement = 'churn' then tier_rates.rate end), 0) as churn_rate,
        coalesce(max(case when tier_rates.movement = 'contraction' then tier_rates.rate end), 0) as contraction_rate,
        coalesce(max(case when tier_rates.movement = 'expansion' then tier_rates.rate end), 0) as expansion_rate,
        max(coalesce(notices.unannounced_share, 1)) as unannounced_share
    from tier_rates
    left join notices
        on tier_rates.made_on = notices.made_on
    group by tier_rates.made_on, tier_rates.touch_tier, tier_rates.phase
)

select * from final
