-- No cliffs: a month-end decides the tier if its score is well inside a tier, or if it is not the first in a row there.
-- Otherwise the tier decided last holds, even over a gap. A strategic designation always gives the highest tier.
with

touch_scores as (
    select * from {{ ref('int_touch_scores') }}
),

strategic as (
    select * from {{ ref('int_touch_strategic') }}
),

cuts as (
    select * from {{ ref('policy_touch_score_cuts') }}
),

settings as (
    select * from {{ ref('policy_touch_score_settings') }}
),

highest_tier as (
    select cuts.tier
    from cuts
    where cuts.below_score is null
),

with_previous as (
    select
        touch_scores.*,
        lag(touch_scores.month) over (
            partition by touch_scores.account_id
            order by touch_scores.month
        ) as previous_month,
        lag(touch_scores.raw_touch_tier) over (
            partition by touch_scores.account_id
            order by touch_scores.month
        ) as previous_raw_tier
    from touch_scores
),

stays as (
    select
        with_previous.*,
        sum(case
            when with_previous.previous_month = cast(with_previous.month - interval '1' month as date)
                and with_previous.previous_raw_tier = with_previous.raw_touch_tier then 0
            else 1
        end) over (
            partition by with_previous.account_id
            order by with_previous.month
            rows between unbounded preceding and current row
        ) as stay_number
    from with_previous
),

judged as (
    select
        stays.*,
        stays.previous_month is null
        or stays.points_to_cut >= settings.decisive_points
        or row_number() over (
            partition by stays.account_id, stays.stay_number
            order by stays.month
        ) >= settings.decisive_month_ends as is_decisive
    from stays
    cross join settings
),

decided as (
    select
        judged.*,
        max(case when judged.is_decisive then judged.month end) over (
            partition by judged.account_id
            order by judged.month
            rows between unbounded preceding and current row
        ) as decided_month,
        max_by(judged.raw_touch_tier, judged.month) filter (where judged.is_decisive) over (
            partition by judged.account_id
            order by judged.month
            rows between unbounded preceding and current row
        ) as decided_tier
    from judged
),

final as (
    select
        decided.account_id,
        decided.month,
        strategic.is_strategic,
        decided.touch_score,
        decided.raw_touch_tier,
        decided.decided_month,
        case when strategic.is_strategic then highest_tier.tier else decided.decided_tier end as touch_tier
    from decided
    inner join strategic
        on decided.account_id = strategic.account_id
        and decided.month = strategic.month
    cross join highest_tier
)

select * from final
