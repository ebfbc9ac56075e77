with

labels as (
    select * from {{ ref('policy_labels') }}
),

policy_names as (
    select * from {{ ref('int_policy_labels') }}
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
        coalesce(labels.better, policy_names.better) as better
    from policy_names
    full outer join labels
        on policy_names.domain = labels.domain
        and policy_names.code = labels.code
)

select * from final
