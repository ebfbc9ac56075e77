-- Answers of a window against the window before, compared by sums so that equal means do not differ by rounding.
with

customers as (
    select * from {{ ref('int_account_mrr_by_snapshot') }}
),

answers as (
    select * from {{ ref('int_answers_known') }}
),

indicators as (
    select * from {{ ref('policy_leading_indicators') }}
),

answers_in_windows as (
    select
        customers.snapshot_date,
        customers.account_id,
        answers.survey_type,
        answers.score,
        indicators.indicator,
        indicators.threshold,
        indicators.window_days,
        indicators.min_count,
        {{ in_window('answers.answered_on', 'customers.snapshot_date', 'indicators.window_days') }} as is_now
    from customers
    inner join answers
        on customers.account_id = answers.account_id
    inner join indicators
        on answers.survey_type || '_drop' = indicators.indicator
        and {{ in_window('answers.answered_on', 'customers.snapshot_date', '2 * indicators.window_days') }}
),

answers_summed as (
    select
        answers_in_windows.snapshot_date,
        answers_in_windows.account_id,
        answers_in_windows.survey_type,
        answers_in_windows.indicator,
        answers_in_windows.threshold,
        answers_in_windows.window_days,
        answers_in_windows.min_count,
        cast(count_if(answers_in_windows.is_now) as double) as answers_now,
        cast(count_if(not answers_in_windows.is_now) as double) as answers_before,
        sum(case when answers_in_windows.is_now then answers_in_windows.score end) as score_now,
        sum(case when not answers_in_windows.is_now then answers_in_windows.score end) as score_before
    from answers_in_windows
    group by
        answers_in_windows.snapshot_date,
        answers_in_windows.account_id,
        answers_in_windows.survey_type,
        answers_in_windows.indicator,
        answers_in_windows.threshold,
        answers_in_windows.window_days,
        answers_in_windows.min_count
),

final as (
    select
        answers_summed.snapshot_date,
        answers_summed.account_id,
        answers_summed.indicator,
        'mean ' || upper(answers_summed.survey_type) || ' answer fell from '
        || {{ number_text('answers_summed.score_before / answers_summed.answers_before', 1) }} || ' to '
        || {{ number_text('answers_summed.score_now / answers_summed.answers_now', 1) }} || ' in '
        || {{ number_text('answers_summed.window_days') }} || ' days (answers: '
        || {{ number_text('answers_summed.answers_before') }} || ' before, '
        || {{ number_text('answers_summed.answers_now') }} || ' since)' as evidence
    from answers_summed
    where answers_summed.answers_now >= answers_summed.min_count
        and answers_summed.answers_before >= answers_summed.min_count
        and answers_summed.score_before * answers_summed.answers_now
        - answers_summed.score_now * answers_summed.answers_before
        > answers_summed.threshold * answers_summed.answers_now * answers_summed.answers_before
)

select * from final
