{{ config(materialized='incremental', unique_key='month', pre_hook="{{ forget_usage_rolled_up() }}") }}
{% set since = usage_rolled_up_since() %}

-- One scan of what happened in the product, rolled up four ways at once. A run takes the months of the look-back anew.
with

versions as (
    select * from {{ ref('base_product__usage_versions') }}
    {% if since %}
    where usage_on >= cast('{{ since }}' as date) or usage_on is null
    {% endif %}
),

settled as (
    select
        versions.*,
        versions.is_valid and versions.version_number = 1 as is_accepted,
        cast(date_trunc('month', coalesce(versions.usage_on, cast('1900-01-01' as date))) as date) as month
    from versions
),

rolled_up as (
    select
        case
            when grouping(settled.table_name) = 0 then 'rows'
            when grouping(settled.usage_on) = 0 then 'account_days'
            when grouping(settled.user_id) = 0 then 'user_months'
            else 'feature_months'
        end as rollup,
        settled.table_name,
        settled.usage_on,
        settled.account_id,
        settled.user_id,
        settled.feature_key,
        count(*) as raw_rows,
        count_if(settled.is_accepted) as accepted_rows,
        count_if(settled.is_valid and not settled.is_accepted) as duplicate_rows,
        count_if(not settled.is_valid) as rejected_rows,
        count(settled.quantity__invalid) as quantity_nulled,
        min(settled.quantity__invalid) as quantity_example,
        count(settled.duration_seconds__invalid) as duration_seconds_nulled,
        min(settled.duration_seconds__invalid) as duration_seconds_example,
        count(settled.loaded_at__invalid) as loaded_at_nulled,
        min(settled.loaded_at__invalid) as loaded_at_example,
        sum(settled.event_count) filter (where settled.is_accepted and settled.feature_key = 'login') as logins,
        sum(settled.event_count) filter (where settled.is_accepted and settled.feature_key <> 'login') as feature_events,
        sum(settled.quantity) filter (where settled.is_accepted) as quantity,
        sum(settled.duration_seconds) filter (where settled.is_accepted) as duration_seconds,
        bit_or({{ day_bit('settled.usage_on') }}) filter (where settled.is_accepted) as day_bits,
        settled.month
    from settled
    group by grouping sets (
        (settled.month, settled.table_name, settled.usage_on),
        (settled.month, settled.account_id, settled.usage_on),
        (settled.month, settled.account_id, settled.user_id),
        (settled.month, settled.account_id, settled.feature_key)
    )
),

final as (
    select
        rolled_up.rollup,
        rolled_up.table_name,
        rolled_up.usage_on,
        rolled_up.account_id,
        rolled_up.user_id,
        rolled_up.feature_key,
        cast(rolled_up.raw_rows as bigint) as raw_rows,
        cast(rolled_up.accepted_rows as bigint) as accepted_rows,
        cast(rolled_up.duplicate_rows as bigint) as duplicate_rows,
        cast(rolled_up.rejected_rows as bigint) as rejected_rows,
        cast(rolled_up.quantity_nulled as bigint) as quantity_nulled,
        rolled_up.quantity_example,
        cast(rolled_up.duration_seconds_nulled as bigint) as duration_seconds_nulled,
        rolled_up.duration_seconds_example,
        cast(rolled_up.loaded_at_nulled as bigint) as loaded_at_nulled,
        rolled_up.loaded_at_example,
        cast(coalesce(rolled_up.logins, 0) as bigint) as logins,
        cast(coalesce(rolled_up.feature_events, 0) as bigint) as feature_events,
        rolled_up.quantity,
        cast(rolled_up.duration_seconds as bigint) as duration_seconds,
        cast(rolled_up.day_bits as int) as day_bits,
        rolled_up.month
    from rolled_up
    where rolled_up.rollup = 'rows' or rolled_up.accepted_rows > 0
)

select * from final
