-- Lines in force, converted and rounded once. contract_mrr ignores pauses, and mrr follows the policy.
-- Lines of an account out for late payment remain at 0, for its seats are in force.
-- A subscription in service without a line in force keeps its last lines at 0.
with

mrr_lines as (
    select * from {{ ref('int_mrr_lines') }}
),

mrr_lines_lapsed as (
    select * from {{ ref('int_mrr_lines_lapsed') }}
),

snapshot_dates as (
    select * from {{ ref('int_snapshot_dates') }}
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

paused_dates as (
    select distinct
        subscription_pauses.subscription_id,
        snapshot_dates.snapshot_date
    from subscription_pauses
    inner join snapshot_dates
        on {{ in_force(
            'snapshot_dates.snapshot_date', 'subscription_pauses.paused_from', 'subscription_pauses.resumed_on'
        ) }}
),

delinquent_dates as (
    select distinct
        accounts_delinquent.account_id,
        snapshot_dates.snapshot_date
    from accounts_delinquent
    inner join snapshot_dates
        on {{ in_force(
            'snapshot_dates.snapshot_date', 'accounts_delinquent.delinquent_from', 'accounts_delinquent.delinquent_to'
        ) }}
),

lines as (
    {% for part, quantity, seats, amount in [
        ('mrr_lines', 'mrr_lines.quantity', 'mrr_lines.seats', 'mrr_lines.monthly_amount'),
        ('mrr_lines_lapsed', 'cast(0 as double)', 'cast(null as double)', 'cast(0 as double)'),
    ] %}
    select
        {{ part }}.account_id,
        {{ part }}.subscription_id,
        {{ part }}.item_id,
        {{ part }}.product_id,
        {{ part }}.plan_id,
        {{ part }}.plan_rank,
        {{ part }}.currency,
        {{ part }}.unit_kind,
        {{ part }}.is_metered,
        {{ quantity }} as quantity,
        {{ seats }} as seats,
        {{ amount }} as monthly_amount,
        {{ 'true' if part == 'mrr_lines_lapsed' else 'false' }} as is_lapsed,
        {{ part }}.line_from,
        {{ part }}.line_to
    from {{ part }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

in_force as (
    select
        lines.*,
        snapshot_dates.snapshot_date,
        snapshot_dates.month
    from lines
    inner join snapshot_dates
        on {{ in_force('snapshot_dates.snapshot_date', 'lines.line_from', 'lines.line_to') }}
),

converted as (
    select
        in_force.*,
        paused_dates.subscription_id is not null as is_paused,
        paused_dates.subscription_id is null or choices.counts_paused as is_counted,
        delinquent_dates.account_id is not null as is_delinquent,
        {{ to_cents('in_force.monthly_amount * exchange_rates.constant_rate') }} as line_mrr,
        {{ to_cents('in_force.monthly_amount * exchange_rates.month_end_rate') }} as reported_line_mrr
    from in_force
    inner join exchange_rates
        on in_force.currency = exchange_rates.currency
        and cast(date_trunc('month', in_force.snapshot_date) as date) = exchange_rates.month
    left join paused_dates
        on in_force.subscription_id = paused_dates.subscription_id
        and in_force.snapshot_date = paused_dates.snapshot_date
    left join delinquent_dates
        on in_force.account_id = delinquent_dates.account_id
        and in_force.snapshot_date = delinquent_dates.snapshot_date
    cross join choices
),

final as (
    select
        converted.snapshot_date,
        converted.month,
        converted.account_id,
        converted.subscription_id,
        converted.item_id,
        converted.product_id,
        converted.plan_id,
        converted.plan_rank,
        converted.unit_kind,
        converted.is_metered,
        converted.is_paused,
        converted.is_lapsed,
        converted.is_delinquent,
        converted.quantity,
        converted.seats,
        case when converted.is_delinquent then 0 else converted.line_mrr end as contract_mrr,
        case when converted.is_counted and not converted.is_delinquent then converted.line_mrr else 0 end as mrr,
        case when converted.is_counted and not converted.is_delinquent then converted.reported_line_mrr else 0 end
            as reported_mrr
    from converted
)

select * from final
