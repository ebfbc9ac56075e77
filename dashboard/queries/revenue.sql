-- name: scopes
select distinct
    accounts.industry,
    accounts.region,
    coalesce(tiers.touch_tier, '(none)') as touch_tier
from marts.dim_accounts as accounts
left join
    (
        select segments.account_id, max_by(segments.touch_tier, segments.month) as touch_tier
        from marts.fct_account_segments as segments
        group by segments.account_id
    ) as tiers
    on accounts.account_id = tiers.account_id
where accounts.first_mrr_month is not null
order by all

-- name: bridges
with months as (
    select distinct
        ledger.month,
        ledger.is_complete_month,
        cast(date_trunc($grain, ledger.month) as date) as period
    from marts.fct_mrr_monthly as ledger
),

periods as (
    select
        months.period,
        min(months.month) as first_month,
        max(months.month) as last_month,
        bool_and(months.is_complete_month)
        and date_trunc($grain, max(months.month) + interval 1 month) > max(months.period) as is_complete
    from months
    group by months.period
),

tiers as (
    select
        segments.account_id,
        max_by(segments.touch_tier, segments.month) as touch_tier
    from marts.fct_account_segments as segments
    group by segments.account_id
),

scope as (
    select accounts.account_id
    from marts.dim_accounts as accounts
    left join tiers
        on accounts.account_id = tiers.account_id
    where $industry in ('all', accounts.industry)
        and $region in ('all', accounts.region)
        and $tier in ('all', coalesce(tiers.touch_tier, '(none)'))
),

sums as (
    select
        periods.period,
        periods.first_month,
        periods.last_month,
        periods.is_complete,
        case $grain
            when 'year' then strftime(periods.period, '%Y')
            when 'quarter' then strftime(periods.period, '%Y-Q') || quarter(periods.period)
            else strftime(periods.period, '%Y-%m')
        end || case when periods.is_complete then '' else ' so far' end as period_name,
        coalesce(sum(ledger.opening_mrr) filter (where ledger.month = periods.first_month), 0) as opening_mrr,
        sum(ledger.new_mrr) as new_mrr,
        sum(ledger.reactivation_mrr) as reactivation_mrr,
        sum(ledger.expansion_mrr) as expansion_mrr,
        sum(ledger.contraction_mrr) as contraction_mrr,
        sum(ledger.churn_mrr) as churn_mrr,
        coalesce(sum(ledger.closing_mrr) filter (where ledger.month = periods.last_month), 0) as closing_mrr,
        sum(
            ledger.new_mrr + ledger.reactivation_mrr + ledger.expansion_mrr - ledger.contraction_mrr - ledger.churn_mrr
        ) as net_new_mrr,
        coalesce(sum(ledger.reported_closing_mrr) filter (where ledger.month = periods.last_month), 0)
            as reported_closing_mrr,
        coalesce(
            sum(ledger.reported_closing_mrr - ledger.closing_mrr) filter (where ledger.month = periods.last_month), 0
        ) as fx_effect
    from periods
    inner join marts.fct_mrr_monthly as ledger
        on ledger.month between periods.first_month and periods.last_month
    inner join scope
        on ledger.account_id = scope.account_id
    group by periods.period, periods.first_month, periods.last_month, periods.is_complete
)

select
    sums.*,
    sums.opening_mrr + sums.net_new_mrr = sums.closing_mrr as foots
from sums
order by sums.period desc

-- name: waterfall
with tiers as (
    select
        segments.account_id,
        max_by(segments.touch_tier, segments.month) as touch_tier
    from marts.fct_account_segments as segments
    group by segments.account_id
),

ledger as (
    select ledger.*
    from marts.fct_mrr_monthly as ledger
    inner join marts.dim_accounts as accounts
        on ledger.account_id = accounts.account_id
    left join tiers
        on ledger.account_id = tiers.account_id
    where ledger.month between $first_month and $last_month
        and $industry in ('all', accounts.industry)
        and $region in ('all', accounts.region)
        and $tier in ('all', coalesce(tiers.touch_tier, '(none)'))
),

steps as (
    select 1 as place, 'opening' as step, sum(ledger.opening_mrr) filter (where ledger.month = $first_month) as amount
    from ledger
    union all
    select 2, 'new', sum(ledger.new_mrr) from ledger
    union all
    select 3, 'reactivation', sum(ledger.reactivation_mrr) from ledger
    union all
    select 4, 'expansion', sum(ledger.expansion_mrr) from ledger
    union all
    select 5, 'contraction', -sum(ledger.contraction_mrr) from ledger
    union all
    select 6, 'churn', -sum(ledger.churn_mrr) from ledger
),

running as (
    select
        steps.place,
        steps.step,
        coalesce(steps.amount, 0) as amount,
        coalesce(sum(steps.amount) over (order by steps.place), 0) as bar_to
    from steps
),

bars as (
    select
        running.place,
        running.step,
        running.amount,
        case when running.step = 'opening' then 0 else running.bar_to - running.amount end as bar_from,
        running.bar_to
    from running
    union all
    select
        7,
        'closing',
        coalesce(sum(ledger.closing_mrr) filter (where ledger.month = $last_month), 0),
        0,
        coalesce(sum(ledger.closing_mrr) filter (where ledger.month = $last_month), 0)
    from ledger
)

select
    bars.place,
    bars.step,
    bars.amount,
    bars.bar_from,
    bars.bar_to,
    greatest(bars.bar_from, bars.bar_to) as bar_top,
    least(nullif(bars.bar_from, 0), bars.bar_to) as bar_bottom
from bars
order by bars.place

-- name: drivers
with tiers as (
    select
        segments.account_id,
        max_by(segments.touch_tier, segments.month) as touch_tier
    from marts.fct_account_segments as segments
    group by segments.account_id
)

select
    movements.movement_type,
    movements.driver,
    sum(movements.amount) as amount,
    count(distinct movements.account_id) as accounts
from marts.fct_mrr_movements as movements
inner join marts.dim_accounts as accounts
    on movements.account_id = accounts.account_id
left join tiers
    on movements.account_id = tiers.account_id
where movements.month between $first_month and $last_month
    and $industry in ('all', accounts.industry)
    and $region in ('all', accounts.region)
    and $tier in ('all', coalesce(tiers.touch_tier, '(none)'))
group by movements.movement_type, movements.driver
order by abs(sum(movements.amount)) desc

-- name: segments
select
    retention.segment_type,
    retention.segment,
    case
        when retention.segment_type = 'all' then 'All accounts'
        when retention.segment = '(none)' then 'None recorded'
        when retention.segment_type = 'cohort_quarter'
            then left(retention.segment, 4) || '-Q' || quarter(try_cast(retention.segment as date))
        else coalesce(labels.label, retention.segment_label)
    end as segment_name
from (select distinct segment_type, segment, segment_label from marts.fct_retention) as retention
left join marts.dim_labels as labels
    on retention.segment_type = labels.domain
    and retention.segment = labels.code
order by retention.segment_type, labels.sort_order nulls last, retention.segment_label

-- name: months
select distinct retention.month
from marts.fct_retention as retention
where retention.window_months = $window
order by retention.month desc

-- name: rates
select
    retention.month,
    retention.starting_mrr,
    retention.starting_accounts,
    retention.nrr,
    retention.nrr_verdict,
    retention.nrr_target,
    retention.nrr_acceptable,
    retention.grr,
    retention.grr_verdict,
    retention.grr_target,
    retention.grr_acceptable,
    retention.logo_retention,
    retention.logo_verdict,
    retention.logo_target,
    retention.logo_acceptable,
    retention.is_small_sample,
    retention.nrr - before.nrr as nrr_change,
    retention.grr - before.grr as grr_change,
    retention.logo_retention - before.logo_retention as logo_retention_change,
    before.month as previous_month
from marts.fct_retention as retention
left join marts.fct_retention as before
    on retention.window_months = before.window_months
    and retention.segment_type = before.segment_type
    and retention.segment = before.segment
    and before.month = retention.month - interval 12 month
where retention.window_months = $window
    and retention.segment_type = $segment_type
    and retention.segment = $segment
    and retention.starting_accounts > 0
    and retention.month between $month - interval 35 month and $month
order by retention.month

-- name: rates_by_segment
select
    retention.segment,
    case
        when retention.segment_type = 'all' then 'All accounts'
        when retention.segment = '(none)' then 'None recorded'
        when retention.segment_type = 'cohort_quarter'
            then left(retention.segment, 4) || '-Q' || quarter(try_cast(retention.segment as date))
        else coalesce(labels.label, retention.segment_label)
    end as segment_label,
    retention.starting_accounts,
    retention.starting_mrr,
    retention.nrr,
    retention.nrr_verdict,
    retention.grr,
    retention.grr_verdict,
    retention.logo_retention,
    retention.logo_verdict,
    retention.is_leaky_bucket,
    retention.is_small_sample
from marts.fct_retention as retention
left join marts.dim_labels as labels
    on retention.segment_type = labels.domain
    and retention.segment = labels.code
where retention.window_months = $window
    and retention.segment_type = $segment_type
    and retention.month = $month
    and retention.starting_accounts > 0
order by labels.sort_order nulls last, retention.segment_label

-- name: bases
select
    bases.account_id,
    bases.account_name,
    bases.starting_mrr,
    bases.retained_mrr,
    bases.ending_mrr,
    bases.is_retained,
    bases.is_paused_at_end,
    bases.touch_tier_at_start,
    bases.arr_tier_at_start,
    bases.plan_at_start,
    bases.industry,
    bases.region
from marts.fct_retention_bases as bases
where bases.window_months = $window
    and bases.month = $month
    and case $segment_type
        when 'all' then 'all'
        when 'arr_tier' then bases.arr_tier_at_start
        when 'touch_tier' then bases.touch_tier_at_start
        when 'investment_tier' then bases.investment_tier_at_start
        when 'industry' then bases.industry
        when 'region' then bases.region
        when 'plan' then bases.plan_at_start
        when 'csm' then bases.csm_id_at_start
        when 'cohort_quarter' then cast(bases.cohort_quarter as varchar)
    end = $segment
    and (not $losers or bases.ending_mrr < bases.starting_mrr)
order by bases.retained_mrr - bases.starting_mrr, bases.starting_mrr desc, bases.account_id

-- name: cohorts
select
    case $grain
        when 'quarter' then strftime(cohorts.cohort, '%Y-Q') || quarter(cohorts.cohort)
        else strftime(cohorts.cohort, '%Y-%m')
    end as cohort_name,
    cohorts.cohort,
    cohorts.age_months,
    cohorts.cohort_accounts,
    cohorts.cohort_mrr,
    cohorts.retained_accounts,
    cohorts.retained_mrr,
    case $rate
        when 'nrr' then cohorts.nrr
        when 'grr' then cohorts.grr
        else cohorts.logo_retention
    end as rate,
    cohorts.is_small_sample
from marts.fct_cohort_retention as cohorts
where cohorts.cohort_grain = $grain
    and cohorts.segment_type = case when $tier = 'all' then 'all' else 'touch_tier' end
    and cohorts.segment = $tier
    and ($grain = 'month' or cohorts.age_months % 3 = 0)
order by cohorts.cohort, cohorts.age_months

-- name: cohort_tiers
select distinct cohorts.segment
from marts.fct_cohort_retention as cohorts
where cohorts.segment_type = 'touch_tier'
order by cohorts.segment

-- name: quarters
select distinct decomposition.quarter
from marts.rpt_retention_decomposition as decomposition
order by decomposition.quarter desc

-- name: decomposition
select
    decomposition.headline,
    decomposition.note,
    decomposition.preventable_share,
    decomposition.preventable_mrr_share,
    decomposition.churn_leverage,
    decomposition.cohort_trend,
    decomposition.churned_accounts,
    decomposition.known_reason_accounts,
    decomposition.unknown_reason_accounts,
    decomposition.unknown_reason_mrr,
    retention.month,
    retention.churn_mrr,
    retention.contraction_mrr,
    retention.churn_mrr + retention.contraction_mrr as lost_mrr
from marts.rpt_retention_decomposition as decomposition
inner join marts.fct_retention as retention
    on decomposition.segment_type = retention.segment_type
    and decomposition.segment = retention.segment
    and retention.window_months = 12
    and retention.month between decomposition.quarter and decomposition.quarter + interval 2 month
where decomposition.quarter = $quarter
    and decomposition.segment_type = $segment_type
    and decomposition.segment = $segment
order by retention.month desc

-- name: leaks
select
    leaks.reason_category,
    leaks.tier_scheme,
    leaks.tier,
    sum(leaks.lost_mrr) as lost_mrr,
    sum(leaks.share_of_lost) as share_of_lost
from marts.rpt_leakage_points as leaks
where leaks.quarter = $quarter
    and leaks.segment_type = $segment_type
    and leaks.segment = $segment
group by leaks.reason_category, leaks.tier_scheme, leaks.tier
order by sum(leaks.lost_mrr) desc

-- name: leak_drivers
select
    leaks.rank,
    leaks.reason_category,
    leaks.driver,
    leaks.tier,
    leaks.lost_mrr,
    leaks.share_of_lost,
    leaks.accounts
from marts.rpt_leakage_points as leaks
where leaks.quarter = $quarter
    and leaks.segment_type = $segment_type
    and leaks.segment = $segment
    and $reason in ('all', leaks.reason_category)
order by leaks.rank

-- name: leak_trend
select
    leaks.quarter,
    strftime(leaks.quarter, '%Y-Q') || quarter(leaks.quarter) as quarter_name,
    leaks.reason_category,
    sum(leaks.lost_mrr) as lost_mrr
from marts.rpt_leakage_points as leaks
where leaks.quarter between $quarter - interval 33 month and $quarter
    and leaks.segment_type = $segment_type
    and leaks.segment = $segment
group by leaks.quarter, leaks.reason_category
order by leaks.quarter, leaks.reason_category

-- name: leaks_by_cohort
select
    leaks.segment as cohort,
    left(leaks.segment, 4) || '-Q' || quarter(try_cast(leaks.segment as date)) as cohort_name,
    leaks.reason_category,
    sum(leaks.lost_mrr) as lost_mrr,
    max(leaks.grr) as grr
from marts.rpt_leakage_points as leaks
where leaks.quarter = $quarter
    and leaks.segment_type = 'cohort_quarter'
    and leaks.segment <> '(none)'
group by leaks.segment, leaks.reason_category
order by leaks.segment, leaks.reason_category

-- name: lost_accounts
with bases as (
    select bases.*
    from marts.fct_retention_bases as bases
    where bases.window_months = 12
        and bases.month = $month
        and not bases.is_retained
        and case $segment_type
            when 'all' then 'all'
            when 'arr_tier' then bases.arr_tier_at_start
            when 'touch_tier' then bases.touch_tier_at_start
            when 'investment_tier' then bases.investment_tier_at_start
            when 'industry' then bases.industry
            when 'region' then bases.region
            when 'plan' then bases.plan_at_start
            when 'csm' then bases.csm_id_at_start
            when 'cohort_quarter' then cast(bases.cohort_quarter as varchar)
        end = $segment
),

latest_churns as (
    select bases.account_id, max(churns.churned_month) as churned_month
    from bases
    inner join marts.fct_churn_events as churns
        on bases.account_id = churns.account_id
        and bases.start_month < churns.churned_month
        and bases.month >= churns.churned_month
    group by bases.account_id
),

lost as (
    select
        bases.account_id,
        bases.account_name,
        case when bases.is_paused_at_end then 'paused' else coalesce(churns.reason_category, 'unknown') end
            as reason_category,
        case when not bases.is_paused_at_end then churns.is_preventable end as is_preventable,
        bases.starting_mrr,
        case when not bases.is_paused_at_end then churns.churned_on end as churned_on,
        bases.arr_tier_at_start,
        bases.touch_tier_at_start,
        bases.cohort_quarter,
        case when not bases.is_paused_at_end then churns.health_score_90d_before end as health_score_90d_before,
        case when not bases.is_paused_at_end then churns.had_leading_indicator end as had_leading_indicator,
        case when not bases.is_paused_at_end then churns.is_reactivated_later end as is_reactivated_later
    from bases
    left join latest_churns
        on bases.account_id = latest_churns.account_id
    left join marts.fct_churn_events as churns
        on latest_churns.account_id = churns.account_id
        and latest_churns.churned_month = churns.churned_month
)

select lost.*
from lost
where $reason in ('all', lost.reason_category)
order by lost.starting_mrr desc, lost.account_id

-- name: movement_trend
with tiers as (
    select
        segments.account_id,
        max_by(segments.touch_tier, segments.month) as touch_tier
    from marts.fct_account_segments as segments
    group by segments.account_id
)

select
    cast(date_trunc($grain, movements.month) as date) as period,
    movements.movement_type,
    sum(movements.amount) as amount
from marts.fct_mrr_movements as movements
inner join marts.dim_accounts as accounts
    on movements.account_id = accounts.account_id
left join tiers
    on movements.account_id = tiers.account_id
where $industry in ('all', accounts.industry)
    and $region in ('all', accounts.region)
    and $tier in ('all', coalesce(tiers.touch_tier, '(none)'))
group by 1, 2
order by 1, 2
