-- The quarter's retention in one sentence that can be read aloud, with the three largest leaks by name.
with

bases as (
    select * from {{ ref('int_retention_bases') }}
),

segments as (
    select * from {{ ref('int_account_segments_monthly') }}
),

segments_in_words as (
    select * from {{ ref('int_segment_phrases') }}
),

leakage as (
    select * from {{ ref('int_leakage_ranked') }}
),

categories as (
    select * from {{ ref('policy_churn_reason_categories') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

flags as (
    select * from {{ ref('policy_retention_flags') }}
),

figures as (
    select
        bases.end_month,
        segments.segment_type,
        segments.segment,
        cast(sum(least(bases.starting_mrr, bases.ending_mrr)) as double) / cast(sum(bases.starting_mrr) as double) as grr,
        cast(sum(bases.ending_mrr) as double) / cast(sum(bases.starting_mrr) as double) as nrr
    from bases
    inner join segments
        on bases.account_id = segments.account_id
        and bases.start_month = segments.month
    where bases.window_months = 12
        and extract(month from bases.end_month) in (3, 6, 9, 12)
    group by bases.end_month, segments.segment_type, segments.segment
),

leaks_in_words as (
    select
        leakage.end_month,
        leakage.segment_type,
        leakage.segment,
        leakage.leak_rank,
        coalesce(categories.label, leakage.reason_category) || ' in ' || replace(leakage.tier, '_', '-')
        || ' (' || run_context.reporting_currency || ' '
        || cast(cast(round(leakage.lost_mrr / 1000, 1) as decimal(18, 1)) as string) || 'k)' as leak
    from leakage
    cross join run_context
    left join categories
        on leakage.reason_category = categories.category
    where leakage.leak_rank <= 3
),

top_leaks as (
    select
        leaks_in_words.end_month,
        leaks_in_words.segment_type,
        leaks_in_words.segment,
        max(case when leaks_in_words.leak_rank = 1 then leaks_in_words.leak end)
        || coalesce(max(case when leaks_in_words.leak_rank = 2 then ', ' || leaks_in_words.leak end), '')
        || coalesce(max(case when leaks_in_words.leak_rank = 3 then ', ' || leaks_in_words.leak end), '') as leaks
    from leaks_in_words
    group by leaks_in_words.end_month, leaks_in_words.segment_type, leaks_in_words.segment
),

final as (
    select
        figures.end_month,
        figures.segment_type,
        figures.segment,
        'In the 12 months to '
        || case extract(month from figures.end_month) when 3 then 'March' when 6 then 'June' when 9 then 'September' else 'December' end
        || ' ' || cast(extract(year from figures.end_month) as string) || ', '
        || segments_in_words.customers
        || ' kept ' || {{ percent_text('figures.grr') }} || ' of recurring revenue before expansion and '
        || {{ percent_text('figures.nrr') }} || ' after it'
        || case
            when figures.grr <= flags.leaky_bucket_max_grr and figures.nrr > flags.leaky_bucket_min_nrr
                then ', a leaky bucket that expansion hides'
            else ''
        end
        || coalesce('; most monthly revenue was lost to ' || top_leaks.leaks, '; nothing was lost') || '.' as headline
    from figures
    cross join flags
    inner join segments_in_words
        on figures.segment_type = segments_in_words.segment_type
        and figures.segment = segments_in_words.segment
    left join top_leaks
        on figures.end_month = top_leaks.end_month
        and figures.segment_type = top_leaks.segment_type
        and figures.segment = top_leaks.segment
)

select * from final
