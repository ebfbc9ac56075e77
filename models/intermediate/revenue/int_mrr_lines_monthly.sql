-- The lines in force at each month's end, converted and rounded once. contract_mrr looks past pauses; mrr follows the policy.
-- The lines of an account out for late payment stay, at 0: its seats are in force.
with

mrr_lines as (
    select * from {{ ref('int_mrr_lines') }}
),

months as (
    select * from {{ ref('int_months') }}
),

exchange_rates as (
    select * from {{ ref('int_exchange_rates_monthly') }}
),

subscription_pauses as (
    select * from {{ ref('stg_billing__subscription_pauses') }}
),

accounts_delinquent as (
    select * from {{ ref('int_accounts_delinquent') }}
),

choices as (
    select * from {{ ref('int_mrr_choices') }}
),

paused_months as (
    select distinct
        subscription_pauses.subscription_id,
        months.month
    from subscription_pauses
    inner join months
        on subscription_pauses.paused_from <= months.snapshot_on
        and (subscription_pauses.resumed_on is null or subscription_pauses.resumed_on > months.snapshot_on)
),

delinquent_months as (
    select distinct
        accounts_delinquent.account_id,
        months.month
    from accounts_delinquent
    inner join months
        on accounts_delinquent.delinquent_from <= months.snapshot_on
        and (accounts_delinquent.delinquent_to is null or accounts_delinquent.delinquent_to > months.snapshot_on)
),

in_force as (
    select
        mrr_lines.*,
        months.month
    from mrr_lines
    inner join months
        on mrr_lines.line_from <= months.snapshot_on
        and (mrr_lines.line_to is null or mrr_lines.line_to > months.snapshot_on)
),

converted as (
    select
        in_force.*,
        paused_months.subscription_id is not null as is_paused,
        paused_months.subscription_id is null or choices.counts_paused as is_counted,
        delinquent_months.account_id is not null as is_delinquent,
        {{ to_cents('in_force.monthly_amount * exchange_rates.constant_rate') }} as line_mrr,
        {{ to_cents('in_force.monthly_amount * exchange_rates.month_end_rate') }} as reported_line_mrr
    from in_force
    inner join exchange_rates
        on in_force.currency = exchange_rates.currency
        and in_force.month = exchange_rates.month
    left join paused_months
        on in_force.subscription_id = paused_months.subscription_id
        and in_force.month = paused_months.month
    left join delinquent_months
        on in_force.account_id = delinquent_months.account_id
        and in_force.month = delinquent_months.month
    cross join choices
),

final as (
    select
        converted.month,
        converted.account_id,
        converted.subscription_id,
        converted.item_id,
        converted.product_id,
        converted.plan_id,
        converted.plan_rank,
        converted.is_metered,
        converted.is_paused,
        converted.quantity,
        converted.seats,
        case when converted.is_delinquent then 0 else converted.line_mrr end as contract_mrr,
        case when converted.is_counted and not converted.is_delinquent then converted.line_mrr else 0 end as mrr,
        case when converted.is_counted and not converted.is_delinquent then converted.reported_line_mrr else 0 end as reported_mrr
    from converted
)

select * from final
