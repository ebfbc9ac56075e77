-- Factors of the touch score that have data, with their points. Factors without data are left out and weights rescaled.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

complexity as (
    select * from {{ ref('int_touch_complexity') }}
),

growth as (
    select * from {{ ref('int_touch_growth') }}
),

strategic as (
    select * from {{ ref('int_touch_strategic') }}
),

weights as (
    select * from {{ ref('policy_touch_score_weights') }}
),

bands as (
    select * from {{ ref('policy_touch_score_bands') }}
),

arr as (
    select
        account_mrr.account_id,
        account_mrr.month,
        bands.score as arr_score
    from account_mrr
    inner join bands
        on bands.signal = 'arr'
        and 12 * account_mrr.mrr >= bands.min_value
        and (bands.below_value is null or 12 * account_mrr.mrr < bands.below_value)
    where account_mrr.mrr > 0
),

factors as (
    {% for factor in ['arr', 'complexity', 'growth', 'strategic'] %}
    select
        {{ factor }}.account_id,
        {{ factor }}.month,
        '{{ factor }}' as factor,
        {{ factor }}.{{ factor }}_score as factor_score
    from {{ factor }}
    where {{ factor }}.{{ factor }}_score is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        factors.account_id,
        factors.month,
        factors.factor,
        factors.factor_score,
        factors.factor_score * weights.weight
        / sum(weights.weight) over (partition by factors.account_id, factors.month) as points
    from factors
    inner join weights
        on factors.factor = weights.factor
)

select * from final
