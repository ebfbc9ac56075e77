-- A row is a month in which an account's touch tier is neither that of its score nor its tier of the month before.
-- A tier outlasts its score near a cut only. Any other difference moves an account between CSMs without a cause.
-- Look first at int_account_touch_tiers for the account.
with

segments as (
    select * from {{ ref('fct_account_segments') }}
),

followed as (
    select
        segments.*,
        lag(segments.touch_tier) over (partition by segments.account_id order by segments.month) as tier_before
    from segments
)

select
    followed.account_id,
    followed.month,
    followed.touch_score,
    followed.raw_touch_tier,
    followed.touch_tier,
    followed.tier_before
from followed
where followed.touch_tier <> followed.raw_touch_tier
    and followed.touch_tier is distinct from followed.tier_before
    and not followed.is_strategic
