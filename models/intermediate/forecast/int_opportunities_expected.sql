-- Every opportunity known on as_of_date, with the probability of its stage. An overdue one is expected today. An open
-- one without a date is placed in the current quarter.
with

opportunities as (
    select * from {{ ref('stg_crm__opportunities') }}
),

opportunity_stages as (
    select * from {{ ref('stg_crm__opportunity_stages') }}
),

stage_probabilities as (
    select * from {{ ref('int_stage_probabilities') }}
),

owners as (
    select * from {{ ref('policy_opportunity_owners') }}
),

exchange_rates as (
    select * from {{ ref('int_exchange_rates_monthly') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

stages_entered as (
    select
        opportunity_stages.opportunity_id,
        max_by(opportunity_stages.stage, opportunity_stages.entered_at) filter (
            where cast(opportunity_stages.entered_at as date) <= run_context.as_of_date
        ) as stage
    from opportunity_stages
    cross join run_context
    group by opportunity_stages.opportunity_id
),

known as (
    select
        opportunities.opportunity_id,
        opportunities.account_id,
        opportunities.opportunity_type,
        cast(opportunities.created_at as date) as created_on,
        case
            when stages_entered.opportunity_id is not null then coalesce(stages_entered.stage, 'identified')
            when opportunities.closed_on > run_context.as_of_date then 'identified'
            else opportunities.stage
        end as stage,
        case when opportunities.closed_on <= run_context.as_of_date then opportunities.closed_on end as closed_on,
        opportunities.expected_close_on,
        run_context.as_of_date,
        {{ to_cents('opportunities.amount * exchange_rates.constant_rate') }} as amount
    from opportunities
    inner join run_context
        on cast(opportunities.created_at as date) <= run_context.as_of_date
    left join stages_entered
        on opportunities.opportunity_id = stages_entered.opportunity_id
    inner join exchange_rates
        on coalesce(opportunities.currency, run_context.reporting_currency) = exchange_rates.currency
        and run_context.as_of_month = exchange_rates.month
),

judged as (
    select
        known.*,
        known.stage not in ('closed_won', 'closed_lost') as is_open
    from known
),

placed as (
    select
        judged.*,
        case
            when not judged.is_open then coalesce(judged.closed_on, judged.expected_close_on)
            when judged.expected_close_on >= judged.as_of_date then judged.expected_close_on
            else judged.as_of_date
        end as expected_on
    from judged
),

final as (
    select
        placed.opportunity_id,
        placed.account_id,
        placed.opportunity_type,
        placed.stage,
        placed.is_open,
        placed.created_on,
        placed.expected_close_on,
        placed.closed_on,
        coalesce(placed.is_open and placed.expected_close_on < placed.as_of_date, false) as is_overdue,
        not placed.is_open or placed.expected_close_on is not null as is_dated,
        cast(date_trunc('quarter', placed.expected_on) as date) as quarter,
        placed.amount,
        stage_probabilities.policy_probability,
        stage_probabilities.calibrated_probability,
        {{ to_cents('placed.amount * stage_probabilities.calibrated_probability') }} as expected_amount,
        owners.primary_owner,
        owners.secondary_owner
    from placed
    inner join stage_probabilities
        on placed.as_of_date = stage_probabilities.known_by
        and placed.opportunity_type = stage_probabilities.opportunity_type
        and placed.stage = stage_probabilities.stage
    left join owners
        on placed.opportunity_type = owners.opportunity_type
        and coalesce(placed.amount, 0) >= owners.min_amount
        and coalesce(placed.amount < owners.max_amount, true)
)

select * from final
