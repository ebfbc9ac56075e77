-- Net new ARR and logos of the three months that end with a complete month. MRR of the very first month is no growth.
-- An account counts in its tier of the month, one that leaves in that of its last paid month.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

churns as (
    select * from {{ ref('int_churns') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

months as (
    select * from {{ ref('int_months') }}
),

moves as (
    select
        account_mrr.month,
        coalesce(account_tiers.touch_tier, tiers_before.touch_tier, '(none)') as touch_tier,
        account_mrr.mrr - account_mrr.opening_mrr as change,
        case when account_mrr.movement_type = 'new' and not account_mrr.is_opening_account then 1 else 0 end as won,
        0 as lost
    from account_mrr
    left join account_tiers
        on account_mrr.account_id = account_tiers.account_id
        and account_mrr.month = account_tiers.month
    left join account_tiers as tiers_before
        on account_mrr.account_id = tiers_before.account_id
        and cast(account_mrr.month - interval '1' month as date) = tiers_before.month
    where account_mrr.movement_type is not null
    union all
    select
        churns.churned_month as month,
        coalesce(account_tiers.touch_tier, '(none)') as touch_tier,
        0 as change,
        0 as won,
        1 as lost
    from churns
    left join account_tiers
        on churns.account_id = account_tiers.account_id
        and churns.last_paid_month = account_tiers.month
),

by_month as (
    select
        moves.month,
        moves.touch_tier,
        sum(moves.change) as change,
        sum(moves.won) as won,
        sum(moves.lost) as lost
    from moves
    group by moves.month, moves.touch_tier
    union all
    select
        moves.month,
        'all' as touch_tier,
        sum(moves.change) as change,
        sum(moves.won) as won,
        sum(moves.lost) as lost
    from moves
    group by moves.month
),

-- A tier has figures from its first movement on, whatever comes later.
tiers as (
    select
        by_month.touch_tier,
        min(by_month.month) as first_month
    from by_month
    group by by_month.touch_tier
),

history as (
    select min(account_mrr.month) as first_month
    from account_mrr
),

windows as (
    select
        last_day(months.month) as measured_on,
        tiers.touch_tier,
        12 * coalesce(sum(by_month.change), 0) as net_new_arr,
        coalesce(sum(by_month.won), 0) as logos_won,
        coalesce(sum(by_month.lost), 0) as logos_lost
    from months
    cross join history
    inner join tiers
        on months.month >= tiers.first_month
    left join by_month
        on tiers.touch_tier = by_month.touch_tier
        and by_month.month between cast(months.month - interval '2' month as date) and months.month
    where months.is_complete_month
        and months.month >= cast(history.first_month + interval '3' month as date)
    group by months.month, tiers.touch_tier
),

final as (
    {% for figure in ['net_new_arr', 'logos_won', 'logos_lost'] %}
    select
        '{{ figure }}' as figure,
        windows.measured_on,
        windows.touch_tier,
        cast(windows.{{ figure }} as double) as value,
        cast(null as string) as note
    from windows
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
