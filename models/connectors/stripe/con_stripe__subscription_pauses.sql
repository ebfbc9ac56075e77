-- Pauses that overlap are one.
with

pause_runs as (
    select * from {{ ref('con_stripe__pause_runs') }}
),

subscriptions as (
    select * from {{ ref('con_stripe__subscription_versions') }}
    where is_current_version
),

in_order as (
    select
        pause_runs.subscription_id,
        pause_runs.paused_from,
        coalesce(pause_runs.resumed_on, cast('9999-12-31' as date)) as resumed_on,
        max(coalesce(pause_runs.resumed_on, cast('9999-12-31' as date))) over (
            partition by pause_runs.subscription_id
            order by pause_runs.paused_from, coalesce(pause_runs.resumed_on, cast('9999-12-31' as date))
            rows between unbounded preceding and 1 preceding
        ) as paused_before_to
    from pause_runs
),

numbered as (
    select
        in_order.*,
        sum(case when in_order.paused_from <= in_order.paused_before_to then 0 else 1 end) over (
            partition by in_order.subscription_id
            order by in_order.paused_from, in_order.resumed_on
            rows between unbounded preceding and current row
        ) as pause_number
    from in_order
),

pauses as (
    select
        numbered.subscription_id,
        min(numbered.paused_from) as paused_from,
        nullif(max(numbered.resumed_on), cast('9999-12-31' as date)) as resumed_on
    from numbered
    group by numbered.subscription_id, numbered.pause_number
),

final as (
    select
        pauses.subscription_id,
        pauses.paused_from,
        pauses.resumed_on,
        cast(null as timestamp) as loaded_at,
        subscriptions.not_taken
    from pauses
    left join subscriptions
        on pauses.subscription_id = subscriptions.subscription_id
)

select * from final
