-- The tier's rate is shrunk towards the company's, and that towards the policy's. Rates by ARR predict MRR. There n
-- renewals of unequal ARR say as much as (Σ ARR)² ÷ Σ ARR² equal ones.
with

decided as (
    select * from {{ ref('int_renewals_decided') }}
),

settings as (
    select * from {{ ref('policy_forecast_settings') }}
),

summed as (
    select
        decided.known_by,
        decided.touch_tier,
        max(decided.policy_probability) filter (where decided.health_status = 'unscored') as policy_probability,
        sum(decided.renewals) as renewals,
        sum(decided.renewed) as renewed,
        sum(decided.arr_up) as arr_up,
        sum(decided.arr_renewed) as arr_renewed,
        sum(decided.arr_up_squared) as arr_up_squared
    from decided
    group by decided.known_by, decided.touch_tier
),

with_company as (
    select
        summed.*,
        sum(summed.renewals) over (partition by summed.known_by) as company_renewals,
        sum(summed.renewed) over (partition by summed.known_by) as company_renewed,
        sum(summed.arr_up) over (partition by summed.known_by) as company_arr_up,
        sum(summed.arr_renewed) over (partition by summed.known_by) as company_arr_renewed,
        sum(summed.arr_up_squared) over (partition by summed.known_by) as company_arr_up_squared
    from summed
),

measured as (
    select
        with_company.known_by,
        with_company.touch_tier,
        with_company.policy_probability,
        'unscored' as health_status,
        with_company.renewals,
        with_company.company_renewals,
        cast(with_company.renewals as double) as events,
        cast(with_company.renewed as double) as won,
        cast(with_company.company_renewals as double) as company_events,
        cast(with_company.company_renewed as double) as company_won
    from with_company
    union all
    select
        with_company.known_by,
        with_company.touch_tier,
        with_company.policy_probability,
        'any' as health_status,
        with_company.renewals,
        with_company.company_renewals,
        coalesce(
            with_company.arr_up * with_company.arr_up
            / nullif(with_company.arr_up_squared, 0),
            with_company.renewals
        ) as events,
        coalesce(
            with_company.arr_renewed * with_company.arr_up
            / nullif(with_company.arr_up_squared, 0),
            with_company.renewed
        ) as won,
        coalesce(
            with_company.company_arr_up * with_company.company_arr_up
            / nullif(with_company.company_arr_up_squared, 0),
            with_company.company_renewals
        ) as company_events,
        coalesce(
            with_company.company_arr_renewed * with_company.company_arr_up
            / nullif(with_company.company_arr_up_squared, 0),
            with_company.company_renewed
        ) as company_won
    from with_company
),

company as (
    select
        measured.*,
        {{
            shrunk_rate(
                'measured.company_won',
                'measured.company_events',
                'measured.policy_probability',
                'settings.prior_events'
            )
        }} as company_rate,
        settings.prior_tier_events
    from measured
    cross join settings
),

final as (
    select
        company.known_by,
        company.health_status,
        company.touch_tier,
        company.policy_probability,
        company.renewals,
        round(company.company_rate, 9) as company_rate,
        round(
            {{ shrunk_rate('company.won', 'company.events', 'company.company_rate', 'company.prior_tier_events') }}, 9
        ) as tier_rate,
        -- The forecast without a model: the share of the tier, else of all, else the policy's.
        case
            when company.events > 0 then company.won / company.events
            when company.company_events > 0 then company.company_won / company.company_events
            else company.policy_probability
        end as base_rate
    from company
)

select * from final
