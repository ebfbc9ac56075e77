-- The months ahead of today's forecast, as far as the plan looks. An open month is the first of them.
with

origins as (
    select * from {{ ref('int_forecast_origins') }}
),

settings as (
    select * from {{ ref('policy_coverage_settings') }}
),

horizons as (
    {% for month in range(36) %}
    select {{ loop.index }} as horizon
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        origins.made_on,
        origins.base_month,
        horizons.horizon,
        cast(origins.base_month + horizons.horizon * interval '1' month as date) as month,
        horizons.horizon - origins.elapsed_share as months_ahead
    from origins
    cross join settings
    inner join horizons
        on settings.plan_months >= horizons.horizon
    where origins.is_today
)

select * from final
