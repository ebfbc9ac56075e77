with

compliance as (
    select * from {{ ref('int_playbook_compliance') }}
),

final as (
    select
        compliance.playbook,
        compliance.month,
        compliance.is_complete_month,
        compliance.tasks,
        compliance.on_time,
        compliance.late,
        compliance.skipped,
        compliance.overdue,
        compliance.still_open,
        compliance.not_recorded,
        compliance.compliance,
        compliance.completion_rate,
        compliance.skipped_rate,
        compliance.target,
        compliance.max_skipped,
        compliance.is_on_target
    from compliance
)

select * from final
