-- Chargebee keeps the latest pause alone. Earlier ones are in older versions, where a loader left them.
with

versions as (
    select * from {{ ref('con_chargebee__subscription_states') }}
),

with_next as (
    select
        versions.*,
        row_number() over (
            partition by versions.subscription_id, versions.paused_on order by versions.version_number
        ) as from_the_last,
        lag(versions.changed_on) over (
            partition by versions.subscription_id order by versions.version_number
        ) as next_changed_on
    from versions
),

pauses_stated as (
    select
        with_next.subscription_id,
        with_next.paused_on,
        coalesce(with_next.resumed_on, with_next.next_changed_on) as resumed_on
    from with_next
    where with_next.paused_on is not null
        and with_next.from_the_last = 1
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
