-- The CSMs that today's accounts would need under each rule of investment tiers, whichever is in use.
with

tiers_by_arr as (
    select * from {{ ref('int_investment_tiers_by_arr') }}
),

tiers_by_rank as (
    select * from {{ ref('int_investment_tiers_by_rank') }}
),

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

targets as (
    select * from {{ ref('int_csm_targets') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

books as (
    select
        {% for rule in ['arr', 'rank'] %}
        count_if(coalesce(tiers_by_{{ rule }}.investment_tier = targets.investment_tier, false))
            as accounts_by_{{ rule }},
        sum(case when tiers_by_{{ rule }}.investment_tier = targets.investment_tier then account_mrr.mrr else 0 end)
            as mrr_by_{{ rule }},
        {% endfor %}
        targets.investment_tier,
        targets.target_arr_per_csm,
        targets.account_cap
    from targets
    cross join run_context
    left join account_mrr
        on run_context.as_of_month = account_mrr.month
        and account_mrr.mrr > 0
    left join tiers_by_arr
        on account_mrr.account_id = tiers_by_arr.account_id
        and account_mrr.month = tiers_by_arr.month
    left join tiers_by_rank
        on account_mrr.account_id = tiers_by_rank.account_id
        and account_mrr.month = tiers_by_rank.month
    group by targets.investment_tier, targets.target_arr_per_csm, targets.account_cap
),

final as (
    select
        {% for rule in ['arr', 'rank'] %}
        books.accounts_by_{{ rule }},
        {{ csms_required(
            '12 * books.mrr_by_' ~ rule, 'books.target_arr_per_csm', 'books.accounts_by_' ~ rule, 'books.account_cap'
        ) }} as required_csms_by_{{ rule }},
        {% endfor %}
        books.investment_tier
    from books
)

select * from final
