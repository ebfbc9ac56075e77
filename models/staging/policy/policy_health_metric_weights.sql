with

policy_rows as (
    {{ policy_rows('health_metric_weights', ['scheme', 'component', 'metric', 'weight', 'reason']) }}
),

final as (
    select
        nullif(trim(policy_rows.scheme), '') as scheme,
        nullif(trim(policy_rows.component), '') as component,
        nullif(trim(policy_rows.metric), '') as metric,
        try_cast(nullif(trim(policy_rows.weight), '') as double) as weight,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
