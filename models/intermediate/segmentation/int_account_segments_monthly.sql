-- Every segment type of each account that pays at a month's end. A segment without a value is '(none)'.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

accounts as (
    select * from {{ ref('int_account_attributes') }}
),

account_tiers as (
    select * from {{ ref('int_account_tiers_monthly') }}
),

owners as (
    select * from {{ ref('int_account_owners_monthly') }}
),

attributes as (
    select
        account_mrr.account_id,
        account_mrr.month,
        account_tiers.arr_tier,
        account_tiers.touch_tier,
        account_tiers.investment_tier,
        accounts.industry,
        accounts.region,
        account_mrr.plan_id,
        owners.csm_id,
        case
            when not account_mrr.is_opening_account
                then cast(cast(date_trunc('quarter', account_mrr.first_mrr_month) as date) as string)
        end as cohort_quarter
    from account_mrr
    inner join accounts
        on account_mrr.account_id = accounts.account_id
    inner join owners
        on account_mrr.account_id = owners.account_id
        and account_mrr.month = owners.month
    left join account_tiers
        on account_mrr.account_id = account_tiers.account_id
        and account_mrr.month = account_tiers.month
    where account_mrr.mrr > 0
),

final as (
    {% for segment_type, value in {
        'all': "'all'",
        'arr_tier': 'attributes.arr_tier',
        'touch_tier': 'attributes.touch_tier',
        'investment_tier': 'attributes.investment_tier',
        'industry': 'attributes.industry',
        'region': 'attributes.region',
        'plan': 'attributes.plan_id',
        'csm': 'attributes.csm_id',
        'cohort_quarter': 'attributes.cohort_quarter',
    }.items() %}
    select
        attributes.account_id,
        attributes.month,
        '{{ segment_type }}' as segment_type,
        coalesce({{ value }}, '(none)') as segment
    from attributes
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
