-- Nobody has logged in for the days of the leading indicator.
with

leading_indicators as (
    select * from {{ ref('int_leading_indicators') }}
),

final as (
    select
        leading_indicators.snapshot_date,
        leading_indicators.account_id,
        're_engagement' as playbook,
        true as is_opening,
        cast(null as date) as event_on,
        leading_indicators.evidence
    from leading_indicators
    where leading_indicators.indicator = 'silent_14_days'
)

select * from final
