-- A movement is known at its month's end, and names up to three drivers, the largest first. A customer starts on the
-- first day with a charge. Where a contract is gone, the churn says so.
with

account_mrr as (
    select * from {{ ref('int_account_mrr_monthly') }}
),

mrr_drivers as (
    select * from {{ ref('int_mrr_drivers') }}
),

churns as (
    select * from {{ ref('int_churns') }}
),

customer_starts as (
    select * from {{ ref('int_customer_starts') }}
),

labels as (
    select * from {{ ref('policy_labels') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

drivers as (
    select
        mrr_drivers.account_id,
        mrr_drivers.end_month as month,
        mrr_drivers.driver,
        sum(mrr_drivers.amount) as amount
    from mrr_drivers
    where mrr_drivers.window_months = 1
    group by mrr_drivers.account_id, mrr_drivers.end_month, mrr_drivers.driver
),

-- Those in the direction of the movement.
drivers_ranked as (
    select
        drivers.account_id,
        drivers.month,
        coalesce({{ label_in_sentence('labels.label') }}, drivers.driver) as driver,
        row_number() over (
            partition by drivers.account_id, drivers.month
            order by abs(drivers.amount) desc, drivers.driver
        ) as driver_rank
    from drivers
    inner join account_mrr
        on drivers.account_id = account_mrr.account_id
        and drivers.month = account_mrr.month
        and drivers.amount * (account_mrr.mrr - account_mrr.opening_mrr) > 0
    left join labels
        on labels.domain = 'driver'
        and drivers.driver = labels.code
),

driver_lists as (
    select
        drivers_ranked.account_id,
        drivers_ranked.month,
        max(case when drivers_ranked.driver_rank = 1 then drivers_ranked.driver end)
        || coalesce(max(case when drivers_ranked.driver_rank = 2 then ', ' || drivers_ranked.driver end), '')
        || coalesce(max(case when drivers_ranked.driver_rank = 3 then ', ' || drivers_ranked.driver end), '') as drivers
    from drivers_ranked
    group by drivers_ranked.account_id, drivers_ranked.month
),

movements as (
    select
        account_mrr.account_id,
        account_mrr.month,
        account_mrr.snapshot_on,
        account_mrr.movement_type,
        account_mrr.is_opening_account,
        account_mrr.is_complete_month,
        run_context.reporting_currency || ' ' || {{ number_text('account_mrr.mrr', 2) }} as mrr,
        run_context.reporting_currency || ' ' || {{ number_text('account_mrr.opening_mrr', 2) }} as opening_mrr,
        {{ number_text('account_mrr.mrr', 2) }} as mrr_amount,
        run_context.reporting_currency || ' '
        || {{ number_text('abs(account_mrr.mrr - account_mrr.opening_mrr)', 2) }} as change,
        coalesce(' (' || driver_lists.drivers || ')', '') as drivers,
        case
            when account_mrr.movement_type = 'new'
                and account_mrr.month = cast(date_trunc('month', customer_starts.customer_since) as date)
                then customer_starts.customer_since
        end as started_on
    from account_mrr
    cross join run_context
    left join driver_lists
        on account_mrr.account_id = driver_lists.account_id
        and account_mrr.month = driver_lists.month
    left join customer_starts
        on account_mrr.account_id = customer_starts.account_id
    left join churns
        on account_mrr.account_id = churns.account_id
        and account_mrr.month = churns.churned_month
    where account_mrr.movement_type is not null
        and (account_mrr.movement_type <> 'churn' or churns.account_id is null)
),

final as (
    select
        movements.account_id,
        coalesce(movements.started_on, movements.snapshot_on) as occurred_on,
        movements.snapshot_on as known_on,
        {{ event_columns('mrr_movement', 'fct_mrr_monthly', {
            'account_id': 'movements.account_id', 'month': 'movements.month',
        }) }},
        case
            when movements.movement_type = 'new' and movements.is_opening_account
                then 'Paid ' || movements.mrr || ' MRR in the first month of the records.'
            when movements.movement_type = 'new' then 'Became a customer with ' || movements.mrr || ' MRR.'
            when movements.movement_type = 'reactivation' then 'MRR came back at ' || movements.mrr || '.'
            when movements.movement_type = 'expansion'
                then 'MRR rose by ' || movements.change || ' to ' || movements.mrr_amount || movements.drivers || '.'
            when movements.movement_type = 'contraction'
                then 'MRR fell by ' || movements.change || ' to ' || movements.mrr_amount || movements.drivers || '.'
            else 'MRR fell from ' || movements.opening_mrr || ' to 0' || movements.drivers || '.'
        end as event_text,
        not movements.is_complete_month as is_provisional
    from movements
)

select * from final
