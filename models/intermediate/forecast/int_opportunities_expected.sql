-- Open opportunities in their expected quarter, with the probability of their stage, and those closed in this quarter.
-- An overdue opportunity is expected today.
with

opportunities as (
    select * from {{ ref('stg_crm__opportunities') }}
),

opportunity_stages as (
    select * from {{ ref('stg_crm__opportunity_stages') }}
),

stage_probabilities as (
    select * from {{ ref('policy_stage_probabilities') }}
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
        case
            when stages_entered.opportunity_id is not null then coalesce(stages_entered.stage, 'identified')
            when opportunities.closed_on > run_context.as_of_date then 'identified'
            else opportunities.stage
        end as stage,
        case when opportunities.closed_on <= run_context.as_of_date then opportunities.closed_on end as closed_on,
        opportunities.expected_close_on,
        run_context.as_of_date,
        opportunities.amount * exchange_rates.constant_rate as amount
    from opportunities
    inner join run_context
        on cast(opportunities.created_at as date) <= run_context.as_of_date
    left join stages_entered
        on opportunities.opportunity_id = stages_entered.opportunity_id
    inner join exchange_rates
        on coalesce(opportunities.currency, run_context.reporting_currency) = exchange_rates.currency
        and run_context.as_of_month = exchange_rates.month
),

placed as (
    select
        known.*,
        known.stage in ('closed_won', 'closed_lost') as is_closed,
        case
            when known.stage in ('closed_won', 'closed_lost') then coalesce(known.closed_on, known.expected_close_on)
            when known.expected_close_on < known.as_of_date then known.as_of_date
            else known.expected_close_on
        end as expected_on
    from known
),

final as (
    select
        placed.opportunity_id,
        placed.account_id,
        placed.opportunity_type,
        placed.stage,
        placed.is_closed,
        placed.expected_on,
        cast(date_trunc('quarter', placed.expected_on) as date) as quarter,
        {{ to_cents('placed.amount') }} as amount,
        stage_probabilities.probability,
        {{ to_cents('placed.amount * stage_probabilities.probability') }} as expected_amount
    from placed
    inner join stage_probabilities
        on placed.stage = stage_probabilities.stage
    where not placed.is_closed
        or placed.expected_on >= cast(date_trunc('quarter', placed.as_of_date) as date)
)

select * from final
