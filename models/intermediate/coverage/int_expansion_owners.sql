-- The CSM who looked after an account on the day its MRR expanded: the day of the month on which its lines rose most.
-- A month's expansion without such a day, as from a discount that ended, counts at the month's end.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

mrr_lines as (
    select * from {{ ref('int_mrr_lines') }}
),

months as (
    select * from {{ ref('int_months') }}
),

owner_periods as (
    select * from {{ ref('int_account_owner_periods') }}
),

expansions as (
    select
        account_mrr.account_id,
        account_mrr.month,
        account_mrr.mrr - account_mrr.opening_mrr as expansion_mrr
    from account_mrr
    where account_mrr.movement_type = 'expansion'
),

line_changes as (
    select
        mrr_lines.account_id,
        mrr_lines.line_from as moved_on,
        mrr_lines.monthly_amount as amount
    from mrr_lines
    union all
    select
        mrr_lines.account_id,
        mrr_lines.line_to as moved_on,
        -mrr_lines.monthly_amount as amount
    from mrr_lines
    where mrr_lines.line_to is not null
),

rises as (
    select
        line_changes.account_id,
        line_changes.moved_on,
        cast(date_trunc('month', line_changes.moved_on) as date) as month,
        row_number() over (
            partition by line_changes.account_id, date_trunc('month', line_changes.moved_on)
            order by round(sum(line_changes.amount), 2) desc, line_changes.moved_on desc
        ) as rise_number
    from line_changes
    group by line_changes.account_id, line_changes.moved_on
    having round(sum(line_changes.amount), 2) > 0
),

dated as (
    select
        expansions.account_id,
        expansions.month,
        expansions.expansion_mrr,
        coalesce(rises.moved_on, months.snapshot_on) as moved_on
    from expansions
    inner join months
        on expansions.month = months.month
    left join rises
        on expansions.account_id = rises.account_id
        and expansions.month = rises.month
        and rises.rise_number = 1
        and months.snapshot_on >= rises.moved_on
),

final as (
    select
        dated.account_id,
        dated.month,
        dated.moved_on,
        owner_periods.csm_id,
        dated.expansion_mrr
    from dated
    left join owner_periods
        on dated.account_id = owner_periods.account_id
        and {{ in_force('dated.moved_on', 'owner_periods.owned_from', 'owner_periods.owned_to') }}
)

select * from final
