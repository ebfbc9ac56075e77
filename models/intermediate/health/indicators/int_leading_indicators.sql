-- Every leading indicator that holds, from all families.
with

indicators as (
    select * from {{ ref('policy_leading_indicators') }}
),

{% set families = ['usage', 'support', 'signals', 'billing', 'surveys', 'meetings', 'contacts'] %}
{% for family in families %}
{{ family }} as (
    select * from {{ ref('int_indicators_' ~ family) }}
),

{% endfor %}
holding as (
    {% for family in families %}
    select
        {{ family }}.snapshot_date,
        {{ family }}.account_id,
        {{ family }}.indicator,
        {{ family }}.evidence
    from {{ family }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        holding.snapshot_date,
        holding.account_id,
        holding.indicator,
        indicators.label,
        indicators.severity,
        holding.evidence
    from holding
    inner join indicators
        on holding.indicator = indicators.indicator
)

select * from final
