with

leading_indicators as (
    select * from {{ ref('int_leading_indicators') }}
),

account_names as (
    select * from {{ ref('int_account_names') }}
),

final as (
    select
        leading_indicators.snapshot_date,
        leading_indicators.account_id,
        account_names.account_name,
        leading_indicators.indicator,
        leading_indicators.label,
        leading_indicators.severity,
        leading_indicators.evidence
    from leading_indicators
    left join account_names
        on leading_indicators.account_id = account_names.account_id
)

select * from final
