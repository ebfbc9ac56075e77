-- The factor that moved the touch score most towards the new tier since the month-end that decided the old one.
with

transitions as (
    select * from {{ ref('int_tier_transitions') }}
),

touch_tiers as (
    select * from {{ ref('int_account_touch_tiers') }}
),

factors as (
    select * from {{ ref('int_touch_factors') }}
),

compared as (
    select
        transitions.account_id,
        transitions.month,
        transitions.direction,
        touch_tiers.decided_month
    from transitions
    inner join touch_tiers
        on transitions.account_id = touch_tiers.account_id
        and transitions.from_month = touch_tiers.month
    where transitions.scheme = 'touch_tier'
),

-- A factor may have data at one end only.
points as (
    select
        compared.account_id,
        compared.month,
        factors.factor,
        case when factors.month = compared.month then factors.points else -factors.points end
        * case when compared.direction = 'up' then 1 else -1 end as points
    from compared
    inner join factors
        on compared.account_id = factors.account_id
        and factors.month in (compared.month, compared.decided_month)
),

moves as (
    select
        points.account_id,
        points.month,
        points.factor,
        round(sum(points.points), 6) as points_moved
    from points
    group by points.account_id, points.month, points.factor
),

ranked as (
    select
        moves.*,
        row_number() over (
            partition by moves.account_id, moves.month
            order by moves.points_moved desc, moves.factor asc
        ) as move_number
    from moves
),

final as (
    select
        ranked.account_id,
        ranked.month,
        ranked.factor,
        ranked.points_moved
    from ranked
    where ranked.move_number = 1
)

select * from final
