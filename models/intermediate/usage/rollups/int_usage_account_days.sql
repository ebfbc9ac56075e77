with

rolled_up as (
    select * from {{ ref('base_product__usage_rolled_up') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

final as (
    select
        rolled_up.account_id,
        rolled_up.usage_on,
        rolled_up.month,
        rolled_up.logins,
        rolled_up.feature_events,
        rolled_up.duration_seconds
    from rolled_up
    cross join run_context
    where rolled_up.rollup = 'account_days'
        and rolled_up.accepted_rows > 0
        and rolled_up.usage_on <= run_context.as_of_date
)

select * from final
