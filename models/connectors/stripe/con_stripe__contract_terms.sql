-- A schedule that is released at its end binds nobody, so its phases are no terms.
with

schedules as (
    select * from ({{ loaded_rows('stripe', 'subscription_schedule') }}) as loaded
    where loaded._version = 1
),

phases as (
    select * from ({{ loaded_rows('stripe', 'phase') }}) as loaded
),

subscriptions as (
    select * from {{ ref('con_stripe__subscription_versions') }}
    where is_current_version
),

final as (
    select
        schedules.subscription_id,
        cast(phases.start_date as date) as term_start_on,
        cast(phases.end_date as date) as term_end_on,
        schedules.end_behavior = 'renew' as auto_renew,
        cast(schedules.created_at as date) as signed_on,
        cast(null as timestamp) as loaded_at,
        case
            when phases._version > 1 then 'older_version'
            when subscriptions.not_taken is not null then subscriptions.not_taken
            when not coalesce(schedules.is_live, true) then 'test_mode'
            when not coalesce(schedules.end_behavior in ('cancel', 'renew'), false) then 'no_commitment'
            when schedules.subscription_id is null then 'no_subscription'
        end as not_taken
    from phases
    left join schedules
        on phases.schedule_id = schedules.id
    left join subscriptions
        on schedules.subscription_id = subscriptions.subscription_id
)

select * from final
