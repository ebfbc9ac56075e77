-- The account lost the share of its MRR that the leading indicator asks for.
with

leading_indicators as (
    select * from {{ ref('int_leading_indicators') }}
),

final as (
    select
        leading_indicators.snapshot_date,
        leading_indicators.account_id,
        'downgrade_review' as playbook,
        true as is_opening,
        cast(null as date) as event_on,
        leading_indicators.evidence
    from leading_indicators
    where leading_indicators.indicator = 'mrr_contraction'
)

select * from final
