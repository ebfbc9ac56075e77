-- Retention of the twelve months that end with a complete month, each account in the tier of the window's start.
-- That of an investment tier is a figure of its own.
{% set figures = {
    'nrr': 'measured.nrr',
    'grr': 'measured.grr',
    'logo_retention': 'measured.logo_retention',
    'expansion_rate': "cast(measured.expanded_accounts as double) / nullif(measured.starting_accounts, 0)",
    'expansion_revenue_rate':
        'cast(measured.expansion_mrr as double) / nullif(cast(measured.starting_mrr as double), 0)',
    'contraction_rate': 'cast(measured.contraction_mrr as double) / nullif(cast(measured.starting_mrr as double), 0)',
} %}
with

measured as (
    select * from {{ ref('int_retention_measured') }}
),

investment_tiers as (
    select * from {{ ref('policy_investment_tiers') }}
),

figures as (
    {% for figure, value in figures.items() %}
    select
        '{{ figure }}' as figure,
        measured.end_month,
        measured.segment as touch_tier,
        {{ value }} as value,
        measured.starting_accounts,
        measured.is_small_sample
    from measured
    where measured.window_months = 12
        and measured.segment_type in ('all', 'touch_tier')
    union all
    {% endfor %}
    select
        'nrr_' || investment_tiers.tier as figure,
        measured.end_month,
        'all' as touch_tier,
        measured.nrr as value,
        measured.starting_accounts,
        measured.is_small_sample
    from measured
    inner join investment_tiers
        on measured.segment = investment_tiers.tier
    where measured.window_months = 12
        and measured.segment_type = 'investment_tier'
),

final as (
    select
        figures.figure,
        last_day(figures.end_month) as measured_on,
        figures.touch_tier,
        figures.value,
        case
            when figures.is_small_sample and figures.starting_accounts > 0
                then 'It rests on ' || {{ number_text('figures.starting_accounts') }}
                    || case when figures.starting_accounts = 1 then ' customer' else ' customers' end
                    || ', too few for a status.'
        end as note,
        not figures.is_small_sample as is_judged
    from figures
    where figures.value is not null
)

select * from final
