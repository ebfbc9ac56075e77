-- The 12 months to a quarter's end in words that can be read aloud.
with

measured as (
    select * from {{ ref('int_retention_measured') }}
),

segment_phrases as (
    select * from {{ ref('int_segment_phrases') }}
),

segment_labels as (
    select * from {{ ref('int_segment_labels') }}
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

quarters as (
    select measured.*
    from measured
    where measured.window_months = 12
        and extract(month from measured.end_month) in (3, 6, 9, 12)
        and measured.starting_accounts > 0
),

leaks as (
    select
        leakage.end_month,
        leakage.segment_type,
        leakage.segment,
        leakage.leak_rank,
        {{ leak_text('leakage', 'categories.label') }}
        || coalesce(' at customers with ' || arr_ranges.segment_label, '')
        || ' (' || run_context.reporting_currency || ' '
        || cast(cast(round(leakage.lost_mrr / 1000, 1) as decimal(18, 1)) as string) || 'k)' as leak
    from leakage
    cross join run_context
    left join categories
        on leakage.reason_category = categories.category
    -- The segment is a tier where it has the scheme's name, and its headline need not repeat it.
    left join segment_labels as arr_ranges
        on nullif(leakage.tier_scheme, leakage.segment_type) = arr_ranges.segment_type
        and leakage.tier = arr_ranges.segment
    where leakage.leak_rank <= 3
),

top_leaks as (
    select
        leaks.end_month,
        leaks.segment_type,
        leaks.segment,
        max(case when leaks.leak_rank = 1 then leaks.leak end)
        || coalesce(
            case when count(*) > 2 then ', ' else ' and ' end
            || max(case when leaks.leak_rank = 2 then leaks.leak end),
            ''
        )
        || coalesce(' and ' || max(case when leaks.leak_rank = 3 then leaks.leak end), '') as leaks,
        count(*) as leak_count
    from leaks
    group by leaks.end_month, leaks.segment_type, leaks.segment
),

final as (
    select
        quarters.end_month,
        quarters.segment_type,
        quarters.segment,
        'In the 12 months to '
        || case extract(month from quarters.end_month)
            when 3 then 'March' when 6 then 'June' when 9 then 'September' else 'December'
        end
        || ' ' || cast(extract(year from quarters.end_month) as string)
        || ', we retained ' || {{ percent_text('quarters.grr') }} || ' of recurring revenue'
        || coalesce(' from ' || segment_phrases.customers, '')
        || ' before expansion and ' || {{ percent_text('quarters.nrr') }} || ' after it'
        || case when quarters.is_leaky_bucket then ', a leaky bucket that expansion hides' else '' end
        || case
            when top_leaks.leak_count > 1 then '. The largest losses of MRR were '
            when top_leaks.leak_count = 1 then '. The only loss of MRR was '
            else '. No MRR was lost'
        end
        || coalesce(top_leaks.leaks, '') || '.' as headline
    from quarters
    inner join segment_phrases
        on quarters.segment_type = segment_phrases.segment_type
        and quarters.segment = segment_phrases.segment
    left join top_leaks
        on quarters.end_month = top_leaks.end_month
        and quarters.segment_type = top_leaks.segment_type
        and quarters.segment = top_leaks.segment
)

select * from final
