-- A transition is a change of tier since the last month before in which the account paid.
with

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

tiers_ranked as (
    select * from {{ ref('int_tiers_ranked') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

tiers as (
    {% for scheme in ['arr_tier', 'touch_tier', 'investment_tier'] %}
    select
        account_tiers.account_id,
        account_tiers.month,
        '{{ scheme }}' as scheme,
        account_tiers.{{ scheme }} as tier
    from account_tiers
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

with_previous as (
    select
        tiers.*,
        lag(tiers.month) over (partition by tiers.account_id, tiers.scheme order by tiers.month) as from_month,
        lag(tiers.tier) over (partition by tiers.account_id, tiers.scheme order by tiers.month) as from_tier,
        max(tiers.month) over (partition by tiers.account_id) as last_paid_month
    from tiers
),

changes as (
    select
        with_previous.*,
        lead(with_previous.month) over (
            partition by with_previous.account_id, with_previous.scheme
            order by with_previous.month
        ) as changed_again_month
    from with_previous
    where with_previous.tier <> with_previous.from_tier
),

final as (
    select
        changes.account_id,
        changes.month,
        changes.scheme,
        changes.from_month,
        changes.from_tier,
        changes.tier as to_tier,
        case when to_tiers.tier_rank < from_tiers.tier_rank then 'up' else 'down' end as direction,
        changes.changed_again_month is null and changes.last_paid_month = run_context.as_of_month as is_standing
    from changes
    cross join run_context
    inner join tiers_ranked as from_tiers
        on changes.scheme = from_tiers.scheme
        and changes.from_tier = from_tiers.tier
    inner join tiers_ranked as to_tiers
        on changes.scheme = to_tiers.scheme
        and changes.tier = to_tiers.tier
)

select * from final
