-- A row is a trigger that was still open when its playbook opened again for the account, or that opened twice on a day.
-- Its CSM would get every task twice. Renewals may overlap: each term that ends is counted down by itself.
-- Look first at int_playbook_triggers, then at the model of the playbook in intermediate/playbooks/triggers.
with

triggers as (
    select * from {{ ref('fct_playbook_triggers') }}
),

followed as (
    select
        triggers.*,
        lead(triggers.opened_on) over (
            partition by triggers.account_id, triggers.playbook order by triggers.opened_on
        ) as next_opened_on
    from triggers
)

select
    followed.account_id,
    followed.playbook,
    followed.opened_on,
    followed.closed_on,
    followed.next_opened_on
from followed
where followed.next_opened_on = followed.opened_on
    or (
        followed.playbook <> 'renewal'
        and coalesce(followed.next_opened_on < followed.closed_on, followed.next_opened_on is not null)
    )
