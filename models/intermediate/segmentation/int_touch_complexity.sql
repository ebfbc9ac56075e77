-- Complexity is the mean score of the known signals. Contacts are known once the company has any.
-- From then on an account without contacts has 0.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

accounts as (
    select * from {{ ref('int_account_attributes') }}
),

contacts as (
    select * from {{ ref('stg_crm__contacts') }}
),

bands as (
    select * from {{ ref('policy_touch_score_bands') }}
),

contact_days as (
    select
        contacts.account_id,
        coalesce(cast(contacts.created_at as date), cast('1900-01-01' as date)) as created_on,
        contacts.departed_on
    from contacts
),

contacts_known as (
    select min(contact_days.created_on) as known_from
    from contact_days
),

contacts_present as (
    select
        account_mrr.account_id,
        account_mrr.month,
        count(*) as present_contacts
    from account_mrr
    inner join contact_days
        on account_mrr.account_id = contact_days.account_id
        and {{ in_force('account_mrr.snapshot_on', 'contact_days.created_on', 'contact_days.departed_on') }}
    group by account_mrr.account_id, account_mrr.month
),

counted as (
    select
        account_mrr.account_id,
        account_mrr.month,
        accounts.integration_count,
        accounts.department_count,
        case
            when contacts_known.known_from <= account_mrr.snapshot_on
                then coalesce(contacts_present.present_contacts, 0)
        end as present_contacts
    from account_mrr
    inner join accounts
        on account_mrr.account_id = accounts.account_id
    cross join contacts_known
    left join contacts_present
        on account_mrr.account_id = contacts_present.account_id
        and account_mrr.month = contacts_present.month
    where account_mrr.mrr > 0
),

signals as (
    {% for signal, column in {
        'integrations': 'integration_count',
        'departments': 'department_count',
        'contacts': 'present_contacts',
    }.items() %}
    select
        counted.account_id,
        counted.month,
        '{{ signal }}' as signal,
        cast(counted.{{ column }} as double) as value
    from counted
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        signals.account_id,
        signals.month,
        avg(bands.score) as complexity_score
    from signals
    inner join bands
        on signals.signal = bands.signal
        and signals.value >= bands.min_value
        and (bands.below_value is null or signals.value < bands.below_value)
    group by signals.account_id, signals.month
)

select * from final
