-- A condition is open from the decision that opens it to the next one that closes it. A decision that repeats the one
-- before changes nothing.
with

decisions as (
    select * from {{ ref('int_playbook_decisions') }}
),

changes as (
    select
        decisions.*,
        coalesce(
            lag(decisions.is_opening) over (
                partition by decisions.account_id, decisions.playbook order by decisions.date_number
            ), false
        ) as was_open
    from decisions
),

periods as (
    select
        changes.*,
        lead(changes.decided_on) over (
            partition by changes.account_id, changes.playbook order by changes.date_number
        ) as exit_on
    from changes
    where changes.is_opening <> changes.was_open
),

final as (
    select
        periods.account_id,
        periods.playbook,
        periods.decided_on as opened_on,
        periods.exit_on,
        periods.is_provisional,
        periods.evidence
    from periods
    where periods.is_opening
)

select * from final
