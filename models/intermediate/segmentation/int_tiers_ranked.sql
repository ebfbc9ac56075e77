-- The order of tiers within a scheme. The ARR tiers in use are the scheme arr_tier, others are named by their scheme.
with

arr_tier_cuts as (
    select * from {{ ref('policy_arr_tier_cuts') }}
),

touch_score_cuts as (
    select * from {{ ref('policy_touch_score_cuts') }}
),

investment_tiers as (
    select * from {{ ref('policy_investment_tiers') }}
),

tiers as (
    select
        case
            when arr_tier_cuts.scheme = {{ quoted_text(var("arr_tier_scheme")) }} then 'arr_tier'
            else 'arr_tier_' || arr_tier_cuts.scheme
        end as scheme,
        arr_tier_cuts.scheme as arr_tier_scheme,
        arr_tier_cuts.tier,
        arr_tier_cuts.min_arr as starts_at
    from arr_tier_cuts
    union all
    select
        'touch_tier' as scheme,
        cast(null as string) as arr_tier_scheme,
        touch_score_cuts.tier,
        touch_score_cuts.min_score as starts_at
    from touch_score_cuts
    union all
    select
        'investment_tier' as scheme,
        cast(null as string) as arr_tier_scheme,
        investment_tiers.tier,
        investment_tiers.min_arr as starts_at
    from investment_tiers
),

final as (
    select
        tiers.scheme,
        tiers.arr_tier_scheme,
        tiers.tier,
        cast(row_number() over (partition by tiers.scheme order by tiers.starts_at desc) as int) as tier_rank
    from tiers
)

select * from final
