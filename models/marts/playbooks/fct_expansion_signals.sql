with

signals as (
    select * from {{ ref('int_expansion_signals') }}
),

policies as (
    select * from {{ ref('policy_expansion_signals') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

final as (
    select
        signals.snapshot_date,
        signals.account_id,
        account_names.account_name,
        signals.signal,
        policies.label,
        policies.expansion_type,
        policies.action,
        policies.is_strong,
        signals.evidence
    from signals
    inner join policies
        on signals.signal = policies.signal
    left join account_names
        on signals.account_id = account_names.account_id
)

select * from final
