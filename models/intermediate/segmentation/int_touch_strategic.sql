-- Strategic value is the designation, else the last assessed fit with the ideal customer.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

accounts as (
    select * from {{ ref('int_account_attributes') }}
),

icp_fit as (
    select * from {{ ref('int_icp_fit') }}
),

settings as (
    select * from {{ ref('policy_touch_score_settings') }}
),

final as (
    select
        account_mrr.account_id,
        account_mrr.month,
        coalesce(accounts.is_strategic, false) as is_strategic,
        icp_fit.icp_fit_score,
        icp_fit.icp_fit,
        case
            when accounts.is_strategic then settings.designated_score
            else 10 * icp_fit.icp_fit_score
        end as strategic_score
    from account_mrr
    inner join accounts
        on account_mrr.account_id = accounts.account_id
    cross join settings
    left join icp_fit
        on account_mrr.account_id = icp_fit.account_id
        and {{ in_force('account_mrr.snapshot_on', 'icp_fit.assessed_on', 'icp_fit.superseded_on') }}
    where account_mrr.mrr > 0
)

select * from final
