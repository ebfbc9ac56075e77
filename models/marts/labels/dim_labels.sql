with

labels as (
    select * from {{ ref('policy_labels') }}
),

policy_names as (
    select * from {{ ref('int_policy_labels') }}
),

status_bands as (
    select * from {{ ref('policy_health_status_bands') }}
),

final as (
    select
        coalesce(labels.domain, policy_names.domain) as domain,
        coalesce(labels.code, policy_names.code) as code,
        coalesce(labels.label, policy_names.label) as label,
        cast(
            row_number() over (
                partition by coalesce(labels.domain, policy_names.domain)
                order by
                    case when labels.code is null then 0 else 1 end,
                    coalesce(labels.sort_order, policy_names.sort_order),
                    coalesce(labels.code, policy_names.code)
            ) as int
        ) as sort_order,
        labels.colour,
        coalesce(labels.better, policy_names.better) as better,
        status_bands.min_score as lowest_value
    from policy_names
    full outer join labels
        on policy_names.domain = labels.domain
        and policy_names.code = labels.code
    left join status_bands
        on labels.domain = 'health_status'
        and labels.code = status_bands.status
)

select * from final
