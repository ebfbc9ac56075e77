-- Growth is the CRM's growth potential, with a bonus for an open expansion signal. A signal alone has its own score.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

accounts as (
    select * from {{ ref('int_account_attributes') }}
),

expansion_signals as (
    select * from {{ ref('int_usage_expansion_signals') }}
),

bands as (
    select * from {{ ref('policy_touch_score_bands') }}
),

settings as (
    select * from {{ ref('policy_touch_score_settings') }}
),

accounts_with_signals as (
    select distinct
        expansion_signals.account_id,
        expansion_signals.snapshot_date
    from expansion_signals
),

final as (
    select
        account_mrr.account_id,
        account_mrr.month,
        case
            when bands.score is null then settings.signal_alone_score
            when accounts_with_signals.account_id is null then bands.score
            else least(bands.score + settings.signal_bonus, 100)
        end as growth_score
    from account_mrr
    inner join accounts
        on account_mrr.account_id = accounts.account_id
    cross join settings
    left join bands
        on bands.signal = 'growth_potential'
        and accounts.growth_potential = bands.value_text
    left join accounts_with_signals
        on account_mrr.account_id = accounts_with_signals.account_id
        and account_mrr.snapshot_on = accounts_with_signals.snapshot_date
    where account_mrr.mrr > 0
        and (bands.score is not null or accounts_with_signals.account_id is not null)
)

select * from final
