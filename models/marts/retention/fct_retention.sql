with

bases as (
    select * from {{ ref('int_retention_bases') }}
),

windows as (
    select * from {{ ref('int_retention_windows') }}
),

segments as (
    select * from {{ ref('int_account_segments_monthly') }}
),

thresholds as (
    select * from {{ ref('int_stage_thresholds') }}
),

flags as (
    select * from {{ ref('policy_retention_flags') }}
),

segmented_bases as (
    select
        bases.window_months,
        bases.end_month,
        segments.segment_type,
        segments.segment,
        sum(bases.starting_mrr) as starting_mrr,
        sum(case when bases.ending_mrr = 0 then bases.starting_mrr else 0 end) as churn_mrr,
        sum(case when bases.ending_mrr > 0 then greatest(bases.starting_mrr - bases.ending_mrr, 0) else 0 end) as contraction_mrr,
        sum(greatest(bases.ending_mrr - bases.starting_mrr, 0)) as expansion_mrr,
        sum(bases.ending_mrr) as ending_mrr,
        count(*) as starting_accounts,
        count_if(bases.ending_mrr > 0) as retained_accounts,
        count_if(bases.is_paused_at_end) as paused_accounts
    from bases
    inner join segments
        on bases.account_id = segments.account_id
        and bases.start_month = segments.month
    group by bases.window_months, bases.end_month, segments.segment_type, segments.segment
),

empty_bases as (
    select
        windows.window_months,
        windows.end_month,
        'all' as segment_type,
        'all' as segment,
        cast(0 as decimal(18, 2)) as starting_mrr,
        cast(0 as decimal(18, 2)) as churn_mrr,
        cast(0 as decimal(18, 2)) as contraction_mrr,
        cast(0 as decimal(18, 2)) as expansion_mrr,
        cast(0 as decimal(18, 2)) as ending_mrr,
        0 as starting_accounts,
        0 as retained_accounts,
        0 as paused_accounts
    from windows
    left join bases
        on windows.window_months = bases.window_months
        and windows.end_month = bases.end_month
    where bases.account_id is null
),

measured as (
    select * from segmented_bases
    union all
    select * from empty_bases
),

rated as (
    select
        measured.*,
        cast(measured.starting_mrr - measured.churn_mrr - measured.contraction_mrr as double)
        / nullif(cast(measured.starting_mrr as double), 0) as grr,
        cast(measured.ending_mrr as double) / nullif(cast(measured.starting_mrr as double), 0) as nrr,
        cast(measured.retained_accounts as double) / nullif(cast(measured.starting_accounts as double), 0) as logo_retention
    from measured
),

final as (
    select
        cast(rated.window_months as int) as window_months,
        rated.end_month as month,
        rated.segment_type,
        rated.segment,
        cast(rated.starting_mrr as decimal(18, 2)) as starting_mrr,
        cast(rated.churn_mrr as decimal(18, 2)) as churn_mrr,
        cast(rated.contraction_mrr as decimal(18, 2)) as contraction_mrr,
        cast(rated.expansion_mrr as decimal(18, 2)) as expansion_mrr,
        cast(rated.ending_mrr as decimal(18, 2)) as ending_mrr,
        rated.grr,
        rated.nrr,
        rated.logo_retention,
        cast(rated.starting_accounts as bigint) as starting_accounts,
        cast(rated.retained_accounts as bigint) as retained_accounts,
        cast(rated.paused_accounts as bigint) as paused_accounts,
        {% for figure, verdict in {'grr': 'grr_verdict', 'nrr': 'nrr_verdict', 'logo_retention': 'logo_verdict'}.items() %}
        case
            when rated.window_months <> 12 or rated.{{ figure }} is null then null
            when rated.{{ figure }} >= thresholds.{{ figure }}_healthy then 'healthy'
            when rated.{{ figure }} >= thresholds.{{ figure }}_concerning then 'concerning'
            else 'critical'
        end as {{ verdict }},
        {% endfor %}
        case
            when rated.window_months = 12 then rated.grr <= flags.leaky_bucket_max_grr and rated.nrr > flags.leaky_bucket_min_nrr
        end as is_leaky_bucket
    from rated
    cross join thresholds
    cross join flags
)

select * from final
