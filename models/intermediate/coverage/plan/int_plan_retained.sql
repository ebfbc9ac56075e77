-- The forecast of today's customers, summed up by investment tier instead of touch tier, and as far as the plan looks.
with

horizons as (
    select * from {{ ref('int_plan_months') }}
),

positions as (
    select * from {{ ref('int_forecast_positions') }}
),

rates as (
    select * from {{ ref('int_forecast_rates') }}
),

probabilities as (
    select * from {{ ref('int_renewal_probabilities') }}
),

{{ mrr_factors(['investment_tier', 'accounts', 'mrr']) }},

final as (
    select
        factors.investment_tier,
        factors.horizon,
        round(
            sum(
                cast(factors.mrr as double)
                * factors.retained
                * case when factors.is_leaving then 1 else factors.uncut + factors.added end
            ) / cast(sum(factors.mrr) as double),
            9
        ) as retained_arr_share,
        round(sum(factors.accounts * factors.retained) / sum(factors.accounts), 9) as retained_account_share
    from factors
    where factors.investment_tier is not null
    group by factors.investment_tier, factors.horizon
)

select * from final
