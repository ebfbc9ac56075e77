-- Today's accounts and ARR, moved by the forecast of these accounts, plus what the tier is to win by the month.
-- p10 and p90 are as far from p50 as the forecast erred.
with

months as (
    select * from {{ ref('int_plan_months') }}
),

targets as (
    select * from {{ ref('int_plan_targets') }}
),

accounts_covered as (
    select * from {{ ref('int_accounts_covered') }}
),

retained as (
    select * from {{ ref('int_plan_retained') }}
),

acquisition as (
    select * from {{ ref('int_plan_acquisition') }}
),

bands as (
    select * from {{ ref('int_plan_bands') }}
),

scenarios as (
    {% for scenario, side in [('p10', -1), ('p50', 0), ('p90', 1)] %}
    select
        '{{ scenario }}' as scenario,
        {{ side }} as side
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

books as (
    select
        accounts_covered.investment_tier,
        count(*) as accounts,
        sum(accounts_covered.arr) as arr
    from accounts_covered
    group by accounts_covered.investment_tier
),

expected as (
    select
        targets.investment_tier,
        months.horizon,
        months.month,
        coalesce(books.accounts, 0) as accounts_today,
        coalesce(books.arr, 0) as arr_today,
        coalesce(books.accounts, 0) * coalesce(retained.retained_account_share, 1)
        + acquisition.monthly_accounts * months.months_ahead as accounts,
        cast(coalesce(books.arr, 0) as double) * coalesce(retained.retained_arr_share, 1)
        + acquisition.monthly_arr * months.months_ahead as arr,
        bands.band_share * coalesce(books.accounts, 0) as accounts_apart,
        bands.band_share * cast(coalesce(books.arr, 0) as double) as arr_apart,
        acquisition.acquisition_source
    from targets
    cross join months
    inner join acquisition
        on targets.investment_tier = acquisition.investment_tier
    left join books
        on targets.investment_tier = books.investment_tier
    left join retained
        on targets.investment_tier = retained.investment_tier
        and months.horizon = retained.horizon
    left join bands
        on targets.investment_tier = bands.investment_tier
        and months.horizon = bands.horizon
),

final as (
    select
        expected.investment_tier,
        expected.month,
        scenarios.scenario,
        expected.horizon,
        expected.accounts_today,
        expected.arr_today,
        round(
            case
                when scenarios.side = 0 then expected.accounts
                when expected.accounts_apart is not null
                    then greatest(expected.accounts + scenarios.side * expected.accounts_apart, 0)
            end, 6
        ) as accounts,
        round(
            case
                when scenarios.side = 0 then expected.arr
                when expected.arr_apart is not null
                    then greatest(expected.arr + scenarios.side * expected.arr_apart, 0)
            end, 6
        ) as arr,
        expected.acquisition_source
    from expected
    cross join scenarios
)

select * from final
