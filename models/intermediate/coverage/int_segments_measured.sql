-- A tier without accounts has a row with 0 accounts.
with

accounts_covered as (
    select * from {{ ref('int_accounts_covered') }}
),

tiers_ranked as (
    select * from {{ ref('int_tiers_ranked') }}
),

arr_tier_cuts as (
    select * from {{ ref('policy_arr_tier_cuts') }}
),

coverage_targets as (
    select * from {{ ref('policy_coverage_targets') }}
),

investment_tiers as (
    select * from {{ ref('policy_investment_tiers') }}
),

accounts_in_tiers as (
    {% for tier_scheme in ['arr_tier', 'touch_tier', 'investment_tier'] %}
    select
        '{{ tier_scheme }}' as tier_scheme,
        accounts_covered.{{ tier_scheme }} as tier,
        accounts_covered.account_id,
        accounts_covered.arr,
        accounts_covered.evidenced_score,
        accounts_covered.health_status,
        accounts_covered.cost_to_serve,
        accounts_covered.is_upgrade_candidate
    from accounts_covered
    union all
    {% endfor %}
    -- The ARR tiers of the schemes that are not in use.
    select
        'arr_tier_' || arr_tier_cuts.scheme as tier_scheme,
        arr_tier_cuts.tier,
        accounts_covered.account_id,
        accounts_covered.arr,
        accounts_covered.evidenced_score,
        accounts_covered.health_status,
        accounts_covered.cost_to_serve,
        accounts_covered.is_upgrade_candidate
    from accounts_covered
    inner join arr_tier_cuts
        on accounts_covered.arr >= arr_tier_cuts.min_arr
        and (arr_tier_cuts.below_arr is null or accounts_covered.arr < arr_tier_cuts.below_arr)
    where arr_tier_cuts.scheme <> {{ quoted_text(var("arr_tier_scheme")) }}
),

final as (
    select
        tiers_ranked.scheme as tier_scheme,
        tiers_ranked.arr_tier_scheme,
        tiers_ranked.tier,
        tiers_ranked.tier_rank,
        coverage_targets.cost_to_serve_low,
        coverage_targets.cost_to_serve_high,
        investment_tiers.published_share_low,
        investment_tiers.published_share_high,
        count(accounts_in_tiers.account_id) as accounts,
        coalesce(sum(accounts_in_tiers.arr), 0) as arr,
        avg(accounts_in_tiers.evidenced_score) as mean_health,
        {% for status in ['healthy', 'stable', 'at_risk', 'critical', 'emergency', 'unscored'] %}
        count(case when accounts_in_tiers.health_status = '{{ status }}' then accounts_in_tiers.account_id end)
            as {{ status }}_accounts,
        {% endfor %}
        sum(accounts_in_tiers.cost_to_serve) as cost_to_serve,
        count_if(coalesce(accounts_in_tiers.is_upgrade_candidate, false)) as upgrade_candidates,
        coalesce(sum(case when accounts_in_tiers.is_upgrade_candidate then accounts_in_tiers.arr end), 0)
            as upgrade_candidate_arr
    from tiers_ranked
    left join accounts_in_tiers
        on tiers_ranked.scheme = accounts_in_tiers.tier_scheme
        and tiers_ranked.tier = accounts_in_tiers.tier
    left join coverage_targets
        on tiers_ranked.scheme = 'touch_tier'
        and tiers_ranked.tier = coverage_targets.touch_tier
    left join investment_tiers
        on tiers_ranked.scheme = 'investment_tier'
        and tiers_ranked.tier = investment_tiers.tier
    group by
        tiers_ranked.scheme,
        tiers_ranked.arr_tier_scheme,
        tiers_ranked.tier,
        tiers_ranked.tier_rank,
        coverage_targets.cost_to_serve_low,
        coverage_targets.cost_to_serve_high,
        investment_tiers.published_share_low,
        investment_tiers.published_share_high
)

select * from final
