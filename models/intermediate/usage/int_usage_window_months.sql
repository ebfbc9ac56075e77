{% set bit = day_bit('window_days.usage_on') %}
-- The days of a month in the windows of a snapshot date, as bits to compare with those of the roll-ups.
with

window_days as (
    select * from {{ ref('int_usage_window_days') }}
),

final as (
    select
        window_days.snapshot_date,
        cast(date_trunc('month', window_days.usage_on) as date) as month,
        coalesce(bit_or({{ bit }}) filter (where window_days.is_current), 0) as current_bits,
        coalesce(bit_or({{ bit }}) filter (where not window_days.is_current), 0) as previous_bits
    from window_days
    group by window_days.snapshot_date, cast(date_trunc('month', window_days.usage_on) as date)
)

select * from final
