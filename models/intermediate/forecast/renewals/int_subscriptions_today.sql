-- A subscription on as_of_date: what it brings, the term it is in, and whether it serves. It ends as stated or where a
-- successor replaces it.
with

subscriptions as (
    select * from {{ ref('stg_billing__subscriptions') }}
),

in_service as (
    select * from {{ ref('int_subscriptions_in_service') }}
),

lines_by_snapshot as (
    select * from {{ ref('int_mrr_lines_by_snapshot') }}
),

contract_terms as (
    select * from {{ ref('int_contract_terms') }}
),

plans as (
    select * from {{ ref('stg_billing__plans') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

today as (
    select
        lines_by_snapshot.subscription_id,
        sum(lines_by_snapshot.mrr) as mrr,
        sum(lines_by_snapshot.seats) as seats,
        count_if(not lines_by_snapshot.is_paused) = 0 as is_paused
    from lines_by_snapshot
    inner join run_context
        on lines_by_snapshot.snapshot_date = run_context.as_of_date
    group by lines_by_snapshot.subscription_id
),

terms_ranked as (
    select
        contract_terms.subscription_id,
        contract_terms.term_start_on,
        contract_terms.term_end_on,
        contract_terms.auto_renew,
        contract_terms.is_derived,
        row_number() over (
            partition by contract_terms.subscription_id
            order by contract_terms.term_start_on desc, contract_terms.is_derived asc
        ) as back_number
    from contract_terms
    inner join run_context
        on {{ in_force('run_context.as_of_date', 'contract_terms.term_start_on', 'contract_terms.term_end_on') }}
        and {{ in_force('run_context.as_of_date', 'contract_terms.known_on', 'contract_terms.superseded_on') }}
),

dated as (
    select
        subscriptions.*,
        run_context.as_of_date,
        case when subscriptions.canceled_on <= run_context.as_of_date then subscriptions.canceled_on end as noticed_on,
        case when in_service.subscription_id is null then subscriptions.ended_on else in_service.service_to end
            as service_to,
        in_service.subscription_id is null or in_service.service_from > run_context.as_of_date as is_unpaid_trial
    from subscriptions
    cross join run_context
    left join in_service
        on subscriptions.subscription_id = in_service.subscription_id
),

final as (
    select
        dated.subscription_id,
        dated.account_id,
        dated.plan_id,
        plans.plan_name,
        plans.product_id,
        dated.renews_subscription_id,
        dated.started_on,
        dated.service_to as ended_on,
        dated.noticed_on as canceled_on,
        terms_ranked.term_start_on,
        terms_ranked.term_end_on,
        {{ months_between('terms_ranked.term_start_on', 'terms_ranked.term_end_on') }} as term_months,
        coalesce(terms_ranked.auto_renew, dated.auto_renew) as auto_renew,
        terms_ranked.is_derived,
        case
            when dated.started_on > dated.as_of_date then 'upcoming'
            when dated.service_to <= dated.as_of_date then 'ended'
            when dated.is_unpaid_trial then 'trial'
            when today.is_paused then 'paused'
            else 'active'
        end as status,
        coalesce(today.mrr, 0) as mrr,
        today.seats
    from dated
    left join today
        on dated.subscription_id = today.subscription_id
    left join terms_ranked
        on dated.subscription_id = terms_ranked.subscription_id
        and terms_ranked.back_number = 1
        and coalesce(dated.service_to > dated.as_of_date, true)
    left join plans
        on dated.plan_id = plans.plan_id
)

select * from final
