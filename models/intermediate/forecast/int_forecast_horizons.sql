-- One to twelve months from each origin.
with

origins as (
    select * from {{ ref('int_forecast_origins') }}
),

horizons as (
    {% for horizon in range(1, 13) %}
    select {{ horizon }} as horizon
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        origins.made_on,
        origins.is_today,
        origins.base_month,
        horizons.horizon,
        cast(origins.base_month + horizons.horizon * interval '1' month as date) as forecast_month,
        horizons.horizon - origins.elapsed_share as months_ahead
    from origins
    cross join horizons
)

select * from final
