-- Renewals decided in the twelve months that end with the date, and the forecast of the latest quarter that was decided
-- by then. A forecast that is a tenth too high or too low is 90 % accurate.
with

renewals as (
    select * from {{ ref('int_renewals_expected') }}
),

events as (
    select * from {{ ref('int_renewal_events') }}
),

outcomes as (
    select * from {{ ref('int_renewal_outcomes') }}
),

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
),

flags as (
    select * from {{ ref('policy_retention_flags') }}
),

dates as (
    select
        snapshot_dates.snapshot_date as measured_on,
        cast({{ add_days('snapshot_dates.snapshot_date', 1) }} - interval '12' month as date) as decided_from
    from snapshot_dates
    where snapshot_dates.month is not null
),

decisions as (
    {% for touch_tier in ["'all'", 'renewals.touch_tier'] %}
    select
        cast({{ touch_tier }} as string) as touch_tier,
        events.outcome_on,
        cast(date_trunc('quarter', renewals.renewal_on) as date) as quarter,
        renewals.expected_arr,
        renewals.past_renewals,
        outcomes.outcome,
        outcomes.renewed_arr,
        outcomes.is_early
    from renewals
    inner join events
        on renewals.subscription_id = events.subscription_id
        and renewals.renewal_on = events.renewal_on
    inner join outcomes
        on renewals.subscription_id = outcomes.subscription_id
        and renewals.renewal_on = outcomes.renewal_on
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

decided as (
    select
        dates.measured_on,
        decisions.touch_tier,
        count(*) as due,
        count_if(decisions.outcome = 'renewed') as renewed,
        count_if(decisions.outcome = 'renewed' and decisions.is_early) as early,
        count(case when decisions.outcome = 'renewed' then decisions.is_early end) as dated
    from dates
    inner join decisions
        on decisions.outcome_on between dates.decided_from and dates.measured_on
    where decisions.outcome <> 'open'
    group by dates.measured_on, decisions.touch_tier
),

quarters as (
    select
        decisions.quarter,
        decisions.touch_tier,
        max(decisions.outcome_on) as decided_on,
        cast(sum(decisions.expected_arr) as double) as forecast,
        cast(sum(decisions.renewed_arr) as double) as actual
    from decisions
    group by decisions.quarter, decisions.touch_tier
    having count_if(decisions.outcome = 'open') = 0
        and sum(decisions.past_renewals) > 0
        and sum(decisions.expected_arr) > 0
),

quarters_decided as (
    select
        dates.measured_on,
        quarters.*,
        row_number() over (
            partition by dates.measured_on, quarters.touch_tier
            order by quarters.quarter desc
        ) as quarter_number
    from dates
    inner join quarters
        on dates.measured_on >= quarters.decided_on
),

final as (
    select
        'renewal_rate' as figure,
        decided.measured_on,
        decided.touch_tier,
        cast(decided.renewed as double) / decided.due as value,
        {{ number_text('decided.renewed') }} || ' of ' || {{ number_text('decided.due') }}
        || ' contracts that were due were renewed.'
        || case when decided.due < flags.small_sample_accounts then ' These are too few for a status.' else '' end
            as note,
        decided.due >= flags.small_sample_accounts as is_judged
    from decided
    cross join flags
    union all
    select
        'early_renewal_rate' as figure,
        decided.measured_on,
        decided.touch_tier,
        case when decided.dated > 0 then cast(decided.early as double) / decided.renewed end as value,
        case
            when decided.dated > 0
                then {{ number_text('decided.early') }} || ' of ' || {{ number_text('decided.renewed') }}
                    || ' renewals were signed before the end of the term.'
                    || case
                        when decided.dated < decided.renewed
                            then ' No day of signature is recorded for '
                                || {{ number_text('decided.renewed - decided.dated') }} || '.'
                        else ''
                    end
                    || case
                        when
                            decided.renewed < flags.small_sample_accounts
                            then ' These are too few for a status.'
                        else ''
                    end
            else 'No renewal states the day on which it was signed.'
        end as note,
        decided.renewed >= flags.small_sample_accounts as is_judged
    from decided
    cross join flags
    union all
    select
        'forecast_accuracy' as figure,
        quarters_decided.measured_on,
        quarters_decided.touch_tier,
        greatest(1 - abs(quarters_decided.actual / quarters_decided.forecast - 1), cast(0 as double)) as value,
        'In the quarter that starts on ' || cast(quarters_decided.quarter as string) || ', renewals came to '
        || {{ percent_text('quarters_decided.actual / quarters_decided.forecast') }} || ' of the forecast.' as note,
        true as is_judged
    from quarters_decided
    where quarters_decided.quarter_number = 1
)

select * from final
