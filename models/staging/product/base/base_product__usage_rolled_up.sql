{{ config(materialized='incremental', unique_key='month', post_hook='{{ drop_empty_months() }}') }}
{% set months = usage_months_to_roll_up() %}
{% set first_month = months[0] if months and '1900-01-01' not in months[0] %}
-- The duckdb dialect of the linter does not know grouping sets.
-- sqlfluff:dialect:postgres
-- Of a key that repeats within its day the last version counts, by load, then by time, then by content.
-- A row without events is accepted and is no use.
with

-- Read three times, since a copy of all rows would cost more.
{% for part in ['usage_rows', 'rows_once', 'rows_repeated'] %}
{{ part }} as (
    select * from {{ ref('base_product__usage_rows') }}
    {% if months is not none %}
    where {{ in_months(months) }}
    {% endif %}
    {% if first_month %}
        -- On the extract's own columns, so that DuckDB skips files and row groups of earlier months.
        and usage_on >= {{ first_month }}
        and (occurred_at >= cast({{ first_month }} as timestamp) or table_name = 'usage_daily')
    {% endif %}
),

{% endfor %}
-- Putting all rows in order would cost more than all the rest; few keys repeat.
repeated as (
    select usage_rows.key_hash
    from usage_rows
    where usage_rows.is_valid
    group by usage_rows.key_hash
    having count(*) > 1
),

settled as (
    select
        rows_once.*,
        rows_once.is_valid as is_accepted
    from rows_once
    left join repeated
        on rows_once.key_hash = repeated.key_hash
    where repeated.key_hash is null
    union all
    select
        rows_repeated.*,
        rows_repeated.is_valid and row_number() over (
            partition by
                rows_repeated.table_name, rows_repeated.is_valid, rows_repeated.usage_on, rows_repeated.event_id,
                case when rows_repeated.table_name = 'usage_daily' then rows_repeated.account_id end,
                case when rows_repeated.table_name = 'usage_daily' then rows_repeated.user_id end,
                case when rows_repeated.table_name = 'usage_daily' then rows_repeated.feature_key end
            order by
                rows_repeated.loaded_at desc nulls last,
                rows_repeated.occurred_at desc nulls last,
                rows_repeated.account_id desc nulls last,
                rows_repeated.user_id desc nulls last,
                rows_repeated.feature_key desc nulls last,
                rows_repeated.event_count desc nulls last,
                rows_repeated.quantity desc nulls last,
                rows_repeated.duration_seconds desc nulls last
        ) = 1 as is_accepted
    from rows_repeated
    inner join repeated
        on rows_repeated.key_hash = repeated.key_hash
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
        count_if(settled.is_orphan) as orphan_rows,
        max(settled.loaded_at) as last_loaded_at,
        {% for column in ['quantity', 'duration_seconds', 'loaded_at'] %}
        count(settled.{{ column }}__invalid) filter (where settled.is_accepted) as {{ column }}_nulled,
        min(settled.{{ column }}__invalid) filter (where settled.is_accepted) as {{ column }}_example,
        {% endfor %}
        {% for name, sign in {'logins': '=', 'feature_events': '<>'}.items() %}
        sum(settled.event_count)
        filter (where settled.is_accepted and settled.feature_key {{ sign }} 'login') as {{ name }},
        {% endfor %}
        sum(settled.quantity) filter (where settled.is_accepted) as quantity,
        sum(settled.duration_seconds) filter (where settled.is_accepted) as duration_seconds,
        bit_or({{ day_bit('settled.usage_on') }})
        filter (where settled.is_accepted and settled.event_count > 0) as day_bits,
        settled.month
    from settled
    group by grouping sets (
        (settled.month, settled.table_name, settled.usage_on), (settled.month, settled.account_id, settled.usage_on),
        (settled.month, settled.account_id, settled.user_id), (settled.month, settled.account_id, settled.feature_key)
    )
),

recorded as (
    select rolled_up.*
    from rolled_up
    where rolled_up.rollup = 'rows' or rolled_up.accepted_rows > 0
        or (rolled_up.rollup = 'account_days' and rolled_up.orphan_rows > 0)
),

months_taken as (
    {% for month in months or [] %}
    select {{ month }} as month{{ ' union all' if not loop.last }}
    {% else %}
    select distinct recorded.month
    from recorded
    {% endfor %}
),

final as (
    select
        recorded.rollup,
        recorded.table_name,
        recorded.usage_on,
        recorded.account_id,
        recorded.user_id,
        recorded.feature_key,
        {% for column in ['raw', 'accepted', 'duplicate', 'rejected', 'orphan'] %}
        cast(recorded.{{ column }}_rows as bigint) as {{ column }}_rows,
        {% endfor %}
        recorded.last_loaded_at,
        {% for column in ['quantity', 'duration_seconds', 'loaded_at'] %}
        cast(recorded.{{ column }}_nulled as bigint) as {{ column }}_nulled,
        recorded.{{ column }}_example,
        {% endfor %}
        cast(coalesce(recorded.logins, 0) as bigint) as logins,
        cast(coalesce(recorded.feature_events, 0) as bigint) as feature_events,
        recorded.quantity,
        cast(recorded.duration_seconds as bigint) as duration_seconds,
        cast(recorded.day_bits as int) as day_bits,
        {{ usage_definition() }} as definition,
        months_taken.month
    from months_taken
    -- A month without rows also replaces the rows that it had.
    left join recorded
        on months_taken.month = recorded.month
)

select * from final
