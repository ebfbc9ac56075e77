-- A band starts at its lowest value, or just above it, and ends where the next one starts.
with

bands as (
    {{ policy_table('assessment_bands') }}
),

final as (
    select
        bands.figure,
        bands.assessment,
        bands.min_value,
        bands.includes_min,
        bands.max_value,
        not lead(bands.includes_min) over (partition by bands.figure order by bands.min_value) as includes_max
    from bands
)

select * from final
