with

leading_indicators as (
    select * from {{ ref('int_leading_indicators') }}
),

final as (
    select
        leading_indicators.snapshot_date,
        leading_indicators.account_id,
        leading_indicators.indicator,
        leading_indicators.label,
        leading_indicators.severity,
        leading_indicators.evidence
    from leading_indicators
)

select * from final
