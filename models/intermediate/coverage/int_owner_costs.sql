-- The accounts that pay in a book share the cost of each of the CSM's days evenly.
-- Costs are summed up over the days on which the book changes, so that a period costs the difference of its two ends.
with

ownership_periods as (
    select * from {{ ref('int_csm_ownership_periods') }}
),

team_members as (
    select * from {{ ref('int_team_members_known') }}
),

measured_dates as (
    select * from {{ ref('int_measured_dates') }}
),

settings as (
    select * from {{ ref('policy_coverage_settings') }}
),

book_changes as (
    select
        ownership_periods.measured_on,
        ownership_periods.csm_id,
        ownership_periods.owned_from as changed_on,
        1 as accounts
    from ownership_periods
    union all
    select
        ownership_periods.measured_on,
        ownership_periods.csm_id,
        ownership_periods.owned_to as changed_on,
        -1 as accounts
    from ownership_periods
),

changes_by_day as (
    select
        book_changes.measured_on,
        book_changes.csm_id,
        book_changes.changed_on,
        sum(book_changes.accounts) as accounts
    from book_changes
    group by book_changes.measured_on, book_changes.csm_id, book_changes.changed_on
),

books as (
    select
        changes_by_day.measured_on,
        changes_by_day.csm_id,
        changes_by_day.changed_on,
        sum(changes_by_day.accounts) over (
            partition by changes_by_day.measured_on, changes_by_day.csm_id
            order by changes_by_day.changed_on
            rows between unbounded preceding and current row
        ) as accounts,
        lead(changes_by_day.changed_on) over (
            partition by changes_by_day.measured_on, changes_by_day.csm_id
            order by changes_by_day.changed_on
        ) as next_changed_on
    from changes_by_day
),

book_costs as (
    select
        books.measured_on,
        books.csm_id,
        books.changed_on,
        cast({{ days_between('books.changed_on', 'books.next_changed_on') }} as double)
        / {{ days_between('measured_dates.year_from', 'measured_dates.day_after') }}
        * cast(coalesce(team_members.annual_cost, settings.csm_annual_cost) as double)
        / nullif(books.accounts, 0) as cost_per_account
    from books
    cross join settings
    inner join measured_dates
        on books.measured_on = measured_dates.measured_on
    left join team_members
        on books.csm_id = team_members.member_id
),

costs_so_far as (
    select
        book_costs.measured_on,
        book_costs.csm_id,
        book_costs.changed_on,
        coalesce(sum(book_costs.cost_per_account) over (
            partition by book_costs.measured_on, book_costs.csm_id
            order by book_costs.changed_on
            rows between unbounded preceding and 1 preceding
        ), 0) as cost_so_far
    from book_costs
),

final as (
    select
        ownership_periods.measured_on,
        ownership_periods.account_id,
        sum(costs_to.cost_so_far - costs_from.cost_so_far) as owner_cost
    from ownership_periods
    inner join costs_so_far as costs_from
        on ownership_periods.measured_on = costs_from.measured_on
        and ownership_periods.csm_id = costs_from.csm_id
        and ownership_periods.owned_from = costs_from.changed_on
    inner join costs_so_far as costs_to
        on ownership_periods.measured_on = costs_to.measured_on
        and ownership_periods.csm_id = costs_to.csm_id
        and ownership_periods.owned_to = costs_to.changed_on
    group by ownership_periods.measured_on, ownership_periods.account_id
)

select * from final
