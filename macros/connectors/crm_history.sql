{#
    CTEs up to `final`: the periods of account_assignments from changes (account_id, member_id, changed_at). The last
    change of a day counts. A change to nobody ends a period. statuses is con_account_statuses.
#}
{% macro crm_assignments(changes, statuses) -%}
days as (
    select
        changes.account_id,
        changes.member_id,
        cast(changes.changed_at as date) as changed_on,
        row_number() over (
            partition by changes.account_id, cast(changes.changed_at as date)
            order by changes.changed_at desc, changes.member_id desc nulls last
        ) as place_from_last
    from {{ changes }} as changes
    where changes.changed_at is not null
),

compared as (
    select
        days.*,
        lag(days.member_id) over (partition by days.account_id order by days.changed_on) as member_before
    from days
    where days.place_from_last = 1
),

periods as (
    select
        compared.account_id,
        compared.member_id,
        compared.changed_on as assigned_from,
        lead(compared.changed_on) over (partition by compared.account_id order by compared.changed_on) as assigned_to
    from compared
    where coalesce(compared.member_id, '') <> coalesce(compared.member_before, '')
),

final as (
    select
        coalesce(statuses.account_id, periods.account_id) as account_id,
        periods.member_id,
        periods.assigned_from,
        periods.assigned_to,
        cast(null as timestamp) as loaded_at,
        statuses.not_taken
    from periods
    left join {{ statuses }} as statuses
        on periods.account_id = statuses.record_id
    where periods.member_id is not null
)
{%- endmacro %}

{#
    CTEs up to `final`: churn_reasons from rows of `found` (record_id, churned_on, reason, note). A reason without a day
    belongs to the day on which the last subscription of its account ended. statuses is con_account_statuses.
#}
{% macro crm_churn_reasons(system, found, statuses) -%}
subscriptions as (
    {% for billing in connectors_of('billing_subscriptions') %}
    select
        subscriptions.account_id,
        subscriptions.ended_on
    from {{ ref('con_' ~ billing ~ '__subscriptions') }} as subscriptions
    where subscriptions.not_taken is null
    {{ 'union all' if not loop.last }}
    {% else %}
    select
        cast(null as string) as account_id,
        cast(null as date) as ended_on
    where 1 = 0
    {% endfor %}
),

service_ends as (
    select
        subscriptions.account_id,
        max(subscriptions.ended_on) as ended_on
    from subscriptions
    group by subscriptions.account_id
    having count(*) = count(subscriptions.ended_on)
        and max(subscriptions.ended_on) <= cast('{{ run_date() }}' as date)
),

placed as (
    select
        coalesce(statuses.account_id, found.record_id) as account_id,
        found.churned_on,
        {{ source_value(system, 'churn_reason', 'found.reason') }} as reason_code,
        found.note,
        statuses.rows_not_taken
    from {{ found }} as found
    left join {{ statuses }} as statuses
        on found.record_id = statuses.record_id
),

final as (
    select
        placed.account_id,
        coalesce(placed.churned_on, service_ends.ended_on) as churned_on,
        placed.reason_code,
        placed.note,
        cast(null as timestamp) as loaded_at,
        case
            when placed.rows_not_taken is not null then placed.rows_not_taken
            when placed.reason_code is null then 'no_reason'
            when coalesce(placed.churned_on, service_ends.ended_on) is null then 'no_date'
        end as not_taken
    from placed
    left join service_ends
        on placed.account_id = service_ends.account_id
)
{%- endmacro %}
