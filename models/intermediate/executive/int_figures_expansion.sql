-- Opportunities of customers open on each month's end and as_of_date, at their amounts of today, and those decided in
-- the twelve months before. A company without any has none of these figures.
with

opportunities as (
    select * from {{ ref('int_opportunities_expected') }}
),

periods as (
    select * from {{ ref('int_opportunity_periods') }}
),

stage_probabilities as (
    select * from {{ ref('int_stage_probabilities') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

deals as (
    select
        opportunities.opportunity_id,
        opportunities.account_id,
        opportunities.amount,
        opportunities.created_on,
        periods.stage,
        periods.stage_from,
        periods.stage_to,
        opportunities.opportunity_type,
        periods.stage in ('closed_won', 'closed_lost') as is_closed
    from opportunities
    inner join periods
        on opportunities.opportunity_id = periods.opportunity_id
    where opportunities.opportunity_type not in ('new', 'renewal')
),

dates as (
    select
        snapshot_dates.snapshot_date as measured_on,
        snapshot_dates.month,
        cast({{ add_days('snapshot_dates.snapshot_date', 1) }} - interval '12' month as date) as decided_from
    from snapshot_dates
    where snapshot_dates.month is not null
),

deals_by_date as (
    select
        dates.measured_on,
        dates.month,
        deals.account_id,
        deals.stage,
        deals.is_closed,
        deals.amount,
        {{ to_cents('deals.amount * stage_probabilities.calibrated_probability') }} as expected_amount
    from dates
    inner join deals
        on {{ in_force('dates.measured_on', 'deals.stage_from', 'deals.stage_to') }}
        and (not deals.is_closed or dates.decided_from <= deals.stage_from)
    inner join stage_probabilities
        on dates.measured_on = stage_probabilities.known_by
        and deals.opportunity_type = stage_probabilities.opportunity_type
        and deals.stage = stage_probabilities.stage
),

tiers as (
    select
        deals.measured_on,
        coalesce(account_tiers.touch_tier, '(none)') as touch_tier,
        count_if(not deals.is_closed) as open_deals,
        sum(case when not deals.is_closed then deals.amount else 0 end) as open_amount,
        sum(case when not deals.is_closed then deals.expected_amount else 0 end) as expected_amount,
        count_if(deals.stage = 'closed_won') as won,
        count_if(deals.stage = 'closed_lost') as lost
    from deals_by_date as deals
    left join account_tiers
        on deals.account_id = account_tiers.account_id
        and deals.month = account_tiers.month
    group by deals.measured_on, coalesce(account_tiers.touch_tier, '(none)')
),

history as (
    select min(deals.created_on) as first_created_on
    from deals
),

tiers_and_all as (
    select * from tiers
    union all
    select
        dates.measured_on,
        'all' as touch_tier,
        coalesce(sum(tiers.open_deals), 0) as open_deals,
        coalesce(sum(tiers.open_amount), 0) as open_amount,
        coalesce(sum(tiers.expected_amount), 0) as expected_amount,
        coalesce(sum(tiers.won), 0) as won,
        coalesce(sum(tiers.lost), 0) as lost
    from dates
    inner join history
        on dates.measured_on >= history.first_created_on
    left join tiers
        on dates.measured_on = tiers.measured_on
    group by dates.measured_on
),

final as (
    {% for figure, column in {'expansion_pipeline': 'open_amount', 'expansion_expected': 'expected_amount'}.items() %}
    select
        '{{ figure }}' as figure,
        tiers_and_all.measured_on,
        tiers_and_all.touch_tier,
        cast(tiers_and_all.{{ column }} as double) as value,
        {{ number_text('tiers_and_all.open_deals') }}
        || case when tiers_and_all.open_deals = 1 then ' opportunity is open.' else ' opportunities are open.' end
            as note
    from tiers_and_all
    union all
    {% endfor %}
    select
        'win_rate' as figure,
        tiers_and_all.measured_on,
        tiers_and_all.touch_tier,
        cast(tiers_and_all.won as double) / nullif(tiers_and_all.won + tiers_and_all.lost, 0) as value,
        {{ number_text('tiers_and_all.won') }} || ' of ' || {{ number_text('tiers_and_all.won + tiers_and_all.lost') }}
        || ' opportunities decided in the last twelve months were won.' as note
    from tiers_and_all
)

select * from final
