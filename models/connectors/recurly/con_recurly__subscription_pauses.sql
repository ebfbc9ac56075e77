-- One pause for each day on which a version says that service stops. A trial given later is a pause as well.
with

versions as (
    select * from {{ ref('con_recurly__subscription_versions') }}
),

with_next as (
    select
        versions.*,
        lag(versions.paused_on) over (
            partition by versions.subscription_id order by versions.version_number
        ) as next_paused_on,
        lag(versions.stated_on) over (
            partition by versions.subscription_id order by versions.version_number
        ) as next_stated_on
    from versions
),

-- The newest version of a pause. Its end is the next version's day, or the end of the billing periods that remain.
pauses_stated as (
    select
        with_next.subscription_id,
        with_next.paused_on,
        coalesce(
            with_next.next_stated_on,
            case
                when with_next.is_in_days
                    then {{ add_days(
                        'greatest(with_next.paused_on, with_next.period_started_on)',
                        'with_next.remaining_pause_cycles * with_next.cycle_length'
                    ) }}
                else cast(
                    greatest(with_next.paused_on, with_next.period_started_on)
                    + with_next.remaining_pause_cycles * with_next.cycle_length * interval '1' month as date
                )
            end
        ) as resumed_on
    from with_next
    where with_next.paused_on is not null
        and (with_next.next_stated_on is null or coalesce(with_next.next_paused_on <> with_next.paused_on, true))
),

standing as (
    select * from versions
    where version_number = 1
),

late_trials as (
    select
        standing.subscription_id,
        standing.trial_started_on as paused_on,
        standing.trial_ends_on as resumed_on
    from standing
    where standing.trial_started_on > standing.started_on
        and standing.trial_ends_on is not null
),

pauses as (
    select * from pauses_stated
    union all
    select * from late_trials
),

final as (
    select
        pauses.subscription_id,
        pauses.paused_on as paused_from,
        case when pauses.resumed_on > pauses.paused_on then pauses.resumed_on end as resumed_on,
        cast(null as timestamp) as loaded_at,
        coalesce(
            standing.not_taken,
            -- A pause that was called off before it began.
            case when pauses.resumed_on <= pauses.paused_on then 'withdrawn' end
        ) as not_taken
    from pauses
    inner join standing
        on pauses.subscription_id = standing.subscription_id
)

select * from final
