-- How well the score in use separates customers that churned within the horizon from the others, as of as_of_date.
with

separation as (
    select * from {{ ref('int_health_separation') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        'health_auc' as figure,
        run_context.as_of_date as measured_on,
        separation.touch_tier,
        separation.auc as value,
        'It rests on ' || {{ number_text('separation.churns') }}
        || case when separation.churns = 1 then ' churn' else ' churns' end
        || case when separation.verdict = 'insufficient_data' then ', too few for a status.' else '.' end as note,
        separation.verdict <> 'insufficient_data' as is_judged
    from separation
    cross join settings
    cross join run_context
    where separation.scheme = {{ quoted_text(var("health_scheme")) }}
        and separation.horizon_days = settings.validation_horizon_days
)

select * from final
