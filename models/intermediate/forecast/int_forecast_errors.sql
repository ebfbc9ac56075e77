-- Errors of the model as a share of the MRR that it starts from, so that those of a growing company compare.
with

forecasts as (
    select * from {{ ref('int_mrr_forecasts') }}
),

new_business as (
    select * from {{ ref('int_new_business_expected') }}
),

forecasts_and_new as (
    select
        forecasts.*,
        coalesce(new_business.expected_mrr, 0) as new_mrr,
        case when forecasts.actual_mrr is not null then coalesce(new_business.actual_mrr, 0) end as actual_new_mrr
    from forecasts
    left join new_business
        on forecasts.made_on = new_business.made_on
        and forecasts.horizon = new_business.horizon
        and forecasts.touch_tier = new_business.touch_tier
),

figures as (
    {% for figure, forecast, actual in [
        ('mrr', 'expected_mrr', 'actual_mrr'),
        ('grr', 'expected_retained_mrr', 'actual_retained_mrr'),
        ('new_business', 'new_mrr', 'actual_new_mrr'),
        ('total', 'expected_mrr + forecasts_and_new.new_mrr', 'actual_mrr + forecasts_and_new.actual_new_mrr'),
    ] %}
    select
        forecasts_and_new.made_on,
        forecasts_and_new.base_month,
        forecasts_and_new.horizon,
        forecasts_and_new.forecast_month,
        forecasts_and_new.touch_tier,
        '{{ figure }}' as figure,
        forecasts_and_new.starting_mrr,
        forecasts_and_new.{{ forecast }} as forecast,
        forecasts_and_new.{{ actual }} as actual
    from forecasts_and_new
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        figures.made_on,
        figures.base_month,
        figures.horizon,
        figures.forecast_month,
        figures.touch_tier,
        figures.figure,
        figures.starting_mrr,
        figures.forecast,
        figures.actual,
        round(abs(figures.actual - figures.forecast) / nullif(figures.starting_mrr, 0), 9) as error_share
    from figures
)

select * from final
