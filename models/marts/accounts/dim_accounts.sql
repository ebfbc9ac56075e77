-- Everything as of as_of_date.
with

accounts as (
    select * from {{ ref('int_accounts_today') }}
),

team_members as (
    select * from {{ ref('int_team_members_known') }}
),

final as (
    select
        accounts.account_id,
        accounts.account_name,
        accounts.parent_account_id,
        accounts.industry,
        accounts.region,
        accounts.csm_id,
        team_members.member_name as csm_name,
        accounts.status,
        accounts.customer_since,
        accounts.first_mrr_month,
        accounts.cohort_quarter,
        accounts.churned_on,
        accounts.tenure_months,
        cast(accounts.mrr as decimal(18, 2)) as mrr,
        cast(12 * accounts.mrr as decimal(18, 2)) as arr,
        cast(accounts.seats as double) as seats,
        accounts.is_paused,
        accounts.arr_tier,
        accounts.is_strategic,
        {% for name, type in {
            'touch_tier': 'string', 'investment_tier': 'string', 'is_temporary_upgrade': 'boolean', 'icp_fit_score': 'double',
            'health_score': 'double', 'health_status': 'string', 'health_colour': 'string', 'health_trend': 'string',
            'health_drivers': 'string', 'lifecycle_stage': 'string', 'next_renewal_on': 'date', 'renewal_probability': 'double',
            'risk_level': 'string', 'nps': 'double', 'open_tickets': 'bigint', 'days_past_due': 'bigint', 'ltv': 'decimal(18,2)',
        }.items() %}
        cast(null as {{ type }}) as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from accounts
    left join team_members
        on accounts.csm_id = team_members.member_id
)

select * from final
