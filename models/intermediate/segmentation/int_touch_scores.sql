-- The touch score, its raw tier, and its distance from the nearest cut.
with

factors as (
    select * from {{ ref('int_touch_factors') }}
),

cuts as (
    select * from {{ ref('policy_touch_score_cuts') }}
),

scored as (
    select
        factors.account_id,
        factors.month,
        -- Rounded, so that a score on a cut is on it in every run.
        round(sum(factors.points), 6) as touch_score
    from factors
    group by factors.account_id, factors.month
),

final as (
    select
        scored.account_id,
        scored.month,
        scored.touch_score,
        cuts.tier as raw_touch_tier,
        -- The start of the scale is no cut.
        round(
            least(
                case when cuts.min_score > 0 then scored.touch_score - cuts.min_score end,
                cuts.below_score - scored.touch_score
            ),
            6
        ) as points_to_cut
    from scored
    inner join cuts
        on scored.touch_score >= cuts.min_score
        and (cuts.below_score is null or scored.touch_score < cuts.below_score)
)

select * from final
