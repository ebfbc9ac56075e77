-- A merged record leads to the record that stands, through at most three merges.
with

records as (
    select * from {{ ref('con_account_records') }}
),

final as (
    select
        records.record_id,
        coalesce(third.record_id, second.record_id, first.record_id, records.record_id) as account_id,
        {{ record_key('records.base_system', 'records.record_id') }} as record_key,
        {{ record_key('records.base_system', 'records.record_id') }}
        <> {{ record_key(
            'records.base_system', 'coalesce(third.record_id, second.record_id, first.record_id, records.record_id)'
        ) }} as is_merged,
        coalesce(third.is_deleted, second.is_deleted, first.is_deleted, records.is_deleted) as is_deleted,
        records.base_system
    from records
    left join records as first
        on {{ record_key('records.base_system', 'records.merged_into') }}
        = {{ record_key('first.base_system', 'first.record_id') }}
    left join records as second
        on {{ record_key('first.base_system', 'first.merged_into') }}
        = {{ record_key('second.base_system', 'second.record_id') }}
    left join records as third
        on {{ record_key('second.base_system', 'second.merged_into') }}
        = {{ record_key('third.base_system', 'third.record_id') }}
)

select * from final
