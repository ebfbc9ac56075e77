-- A band is half-open: from its own least value to the next band's.
with

policy_rows as (
    {{ policy_rows('health_metric_bands', ['metric', 'min_value', 'value_text', 'score', 'reason']) }}
),

typed as (
    select
        nullif(trim(policy_rows.metric), '') as metric,
        try_cast(nullif(trim(policy_rows.min_value), '') as double) as min_value,
        nullif(trim(policy_rows.value_text), '') as value_text,
        try_cast(nullif(trim(policy_rows.score), '') as double) as score,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
),

final as (
    select
        typed.metric,
        typed.min_value,
        typed.value_text,
        typed.score,
        lead(typed.min_value) over (partition by typed.metric, typed.min_value is null order by typed.min_value) as below_value,
        typed.reason
    from typed
)

select * from final
