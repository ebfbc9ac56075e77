-- The last publish of a day counts.
with

forecast_log as (
    select * from {{ ref('stg_pipeline__forecast_log') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

known as (
    select
        forecast_log.*,
        cast(forecast_log.published_at as date) as published_on,
        row_number() over (
            partition by cast(forecast_log.published_at as date), forecast_log.figure, forecast_log.period
            order by forecast_log.published_at desc
        ) as publish_number
    from forecast_log
    inner join run_context
        on forecast_log.made_on <= run_context.as_of_date
),

final as (
    select
        known.published_on,
        known.figure,
        known.period,
        known.made_on,
        known.forecast
    from known
    where known.publish_number = 1
)

select * from final
