-- By every scheme the accounts and the MRR of a month's tiers are those of all customers.
with

customers as (
    select
        mrr.month,
        count(*) as accounts,
        sum(mrr.closing_mrr) as mrr
    from {{ ref('fct_mrr_monthly') }} as mrr
    where mrr.is_active
    group by mrr.month
),

{% set schemes = ['arr_tier', 'touch_tier', 'raw_touch_tier', 'investment_tier'] %}
tiers as (
    {% for scheme in schemes %}
    select
        '{{ scheme }}' as scheme,
        segments.month,
        segments.{{ scheme }} as tier,
        count(*) as accounts,
        sum(segments.mrr) as mrr
    from {{ ref('fct_account_segments') }} as segments
    where segments.{{ scheme }} is not null
    group by segments.month, segments.{{ scheme }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

sums as (
    select
        tiers.scheme,
        tiers.month,
        sum(tiers.accounts) as accounts,
        sum(tiers.mrr) as mrr
    from tiers
    group by tiers.scheme, tiers.month
),

schemes as (
    {% for scheme in schemes %}
    select '{{ scheme }}' as scheme
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    schemes.scheme,
    coalesce(customers.month, sums.month) as month,
    customers.accounts,
    sums.accounts as accounts_in_tiers,
    customers.mrr,
    sums.mrr as mrr_in_tiers
from schemes
cross join customers
full outer join sums
    on schemes.scheme = sums.scheme
    and customers.month = sums.month
where customers.accounts is distinct from sums.accounts
    or customers.mrr is distinct from sums.mrr
