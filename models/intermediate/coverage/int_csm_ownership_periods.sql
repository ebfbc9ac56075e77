-- A period runs while the account pays and the same CSM is employed and owns it, in the year to each date. A CSM
-- without dates in the extracts is always employed.
with

mrr_lines as (
    select * from {{ ref('int_mrr_lines') }}
),

owner_periods as (
    select * from {{ ref('int_account_owner_periods') }}
),

team_members as (
    select * from {{ ref('int_team_members_known') }}
),

measured_dates as (
    select * from {{ ref('int_measured_dates') }}
),

paying_lines as (
    select
        measured_dates.measured_on,
        mrr_lines.account_id,
        greatest(mrr_lines.line_from, measured_dates.year_from) as paid_from,
        max(least(coalesce(mrr_lines.line_to, measured_dates.day_after), measured_dates.day_after)) as paid_to
    from mrr_lines
    inner join measured_dates
        on mrr_lines.line_from < measured_dates.day_after
        and coalesce(mrr_lines.line_to > measured_dates.year_from, true)
    where mrr_lines.monthly_amount > 0
    group by
        measured_dates.measured_on,
        mrr_lines.account_id,
        greatest(mrr_lines.line_from, measured_dates.year_from)
),

lines_with_reach as (
    select
        paying_lines.*,
        max(paying_lines.paid_to) over (
            partition by paying_lines.measured_on, paying_lines.account_id
            order by paying_lines.paid_from
            rows between unbounded preceding and 1 preceding
        ) as reached
    from paying_lines
),

-- Lines that overlap or follow on each other are one period of payment.
islands as (
    select
        lines_with_reach.*,
        sum(case when lines_with_reach.paid_from <= lines_with_reach.reached then 0 else 1 end) over (
            partition by lines_with_reach.measured_on, lines_with_reach.account_id
            order by lines_with_reach.paid_from
            rows between unbounded preceding and current row
        ) as island
    from lines_with_reach
),

paying_spans as (
    select
        islands.measured_on,
        islands.account_id,
        islands.island,
        min(islands.paid_from) as paid_from,
        max(islands.paid_to) as paid_to
    from islands
    group by islands.measured_on, islands.account_id, islands.island
),

owned as (
    select
        paying_spans.measured_on,
        paying_spans.account_id,
        owner_periods.csm_id,
        greatest(
            paying_spans.paid_from,
            owner_periods.owned_from,
            coalesce(team_members.hired_on, owner_periods.owned_from)
        ) as owned_from,
        least(
            paying_spans.paid_to,
            coalesce(owner_periods.owned_to, paying_spans.paid_to),
            coalesce(team_members.left_on, paying_spans.paid_to)
        ) as owned_to
    from paying_spans
    inner join owner_periods
        on paying_spans.account_id = owner_periods.account_id
    left join team_members
        on owner_periods.csm_id = team_members.member_id
),

final as (
    select
        owned.measured_on,
        owned.account_id,
        owned.csm_id,
        owned.owned_from,
        owned.owned_to
    from owned
    where owned.owned_from < owned.owned_to
        and owned.csm_id is not null
)

select * from final
