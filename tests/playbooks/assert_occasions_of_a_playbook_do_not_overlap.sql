-- Of one account: what is open is not opened again. Terms that end one after the other are counted down each for itself.
with

triggers as (
    select * from {{ ref('fct_playbook_triggers') }}
),

followed as (
    select
        triggers.*,
        lead(triggers.opened_on) over (partition by triggers.account_id, triggers.playbook order by triggers.opened_on) as next_opened_on
    from triggers
    where triggers.playbook <> 'renewal'
)

select
    followed.account_id,
    followed.playbook,
    followed.opened_on,
    followed.closed_on,
    followed.next_opened_on
from followed
where coalesce(followed.next_opened_on < followed.closed_on, followed.next_opened_on is not null)
    or followed.closed_on <= followed.opened_on
