-- p10 lies at p50 or below it and p90 at p50 or above it: accounts, ARR and the CSMs they need.
with

plan as (
    select * from {{ ref('rpt_org_plan') }}
),

scenarios as (
    select
        expected.investment_tier,
        expected.month,
        low.arr as low_arr,
        expected.arr as expected_arr,
        high.arr as high_arr,
        low.accounts <= expected.accounts
        and expected.accounts <= high.accounts
        and low.arr <= expected.arr
        and expected.arr <= high.arr
        and low.required_csms <= expected.required_csms
        and expected.required_csms <= high.required_csms as is_ordered
    from plan as expected
    inner join plan as low
        on expected.investment_tier = low.investment_tier
        and expected.month = low.month
        and low.scenario = 'p10'
    inner join plan as high
        on expected.investment_tier = high.investment_tier
        and expected.month = high.month
        and high.scenario = 'p90'
    where expected.scenario = 'p50'
)

select
    scenarios.investment_tier,
    scenarios.month,
    scenarios.low_arr,
    scenarios.expected_arr,
    scenarios.high_arr
from scenarios
where not scenarios.is_ordered
