-- The cost to serve of an account lies under, within or over the range of its investment tier.
with

accounts_covered as (
    select * from {{ ref('int_accounts_covered') }}
),

investment_tiers as (
    select * from {{ ref('policy_investment_tiers') }}
),

final as (
    select
        investment_tiers.tier as investment_tier,
        {% for status in ['under', 'within', 'over'] %}
        count_if(coalesce(accounts_covered.investment_status = '{{ status }}', false)) as {{ status }}_accounts,
        coalesce(sum(case
            when accounts_covered.investment_status = '{{ status }}' then accounts_covered.cost_to_serve
        end), 0) as {{ status }}_cost,
        {% endfor %}
        coalesce(sum(case
            when accounts_covered.investment_status = 'under'
                then investment_tiers.annual_investment_low - accounts_covered.cost_to_serve
        end), 0) as under_shortfall,
        coalesce(sum(case
            when accounts_covered.investment_status = 'over'
                then accounts_covered.cost_to_serve - investment_tiers.annual_investment_high
        end), 0) as over_excess
    from investment_tiers
    left join accounts_covered
        on investment_tiers.tier = accounts_covered.investment_tier
    group by investment_tiers.tier
)

select * from final
