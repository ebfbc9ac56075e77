-- The three drivers that cost most, in one sentence.
with

drivers as (
    select * from {{ ref('int_health_drivers') }}
),

phrased as (
    select
        drivers.snapshot_date,
        drivers.account_id,
        drivers.driver_rank,
        drivers.label || ' (' || cast(round(cast(drivers.points_lost as decimal(38, 8)), 1) as string) || ')' as phrase
    from drivers
    where drivers.points_lost > 0
),

ranked as (
    select
        phrased.snapshot_date,
        phrased.account_id,
        max(case when phrased.driver_rank = 1 then phrased.phrase end) as first_phrase,
        max(case when phrased.driver_rank = 2 then phrased.phrase end) as second_phrase,
        max(case when phrased.driver_rank = 3 then phrased.phrase end) as third_phrase
    from phrased
    group by phrased.snapshot_date, phrased.account_id
),

scored as (
    select distinct
        drivers.snapshot_date,
        drivers.account_id
    from drivers
),

final as (
    select
        scored.snapshot_date,
        scored.account_id,
        case
            when ranked.first_phrase is null then 'Loses no points.'
            when ranked.second_phrase is null then 'Loses points on ' || ranked.first_phrase || '.'
            when ranked.third_phrase is null
                then 'Loses points on ' || ranked.first_phrase || ' and ' || ranked.second_phrase || '.'
            else
                'Loses points on ' || ranked.first_phrase || ', ' || ranked.second_phrase
                || ' and ' || ranked.third_phrase || '.'
        end as drivers
    from scored
    left join ranked
        on scored.snapshot_date = ranked.snapshot_date
        and scored.account_id = ranked.account_id
)

select * from final
