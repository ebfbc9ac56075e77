with

policy_rows as (
    {{ policy_rows('playbooks', [
        'playbook', 'label', 'urgency', 'threshold', 'after_days', 'min_count', 'lead_days', 'min_open_days', 'closes_after_days', 'silence_days',
        'executive_below', 'match_days', 'target', 'max_skipped', 'untiered_as', 'exit_condition', 'reason',
    ]) }}
),

final as (
    select
        nullif(trim(policy_rows.playbook), '') as playbook,
        nullif(trim(policy_rows.label), '') as label,
        cast(nullif(trim(policy_rows.urgency), '') as int) as urgency,
        cast(nullif(trim(policy_rows.threshold), '') as double) as threshold,
        cast(nullif(trim(policy_rows.after_days), '') as int) as after_days,
        cast(nullif(trim(policy_rows.min_count), '') as int) as min_count,
        cast(nullif(trim(policy_rows.lead_days), '') as int) as lead_days,
        cast(nullif(trim(policy_rows.min_open_days), '') as int) as min_open_days,
        cast(nullif(trim(policy_rows.closes_after_days), '') as int) as closes_after_days,
        cast(nullif(trim(policy_rows.silence_days), '') as int) as silence_days,
        cast(nullif(trim(policy_rows.executive_below), '') as double) as executive_below,
        cast(nullif(trim(policy_rows.match_days), '') as int) as match_days,
        cast(nullif(trim(policy_rows.target), '') as double) as target,
        cast(nullif(trim(policy_rows.max_skipped), '') as double) as max_skipped,
        nullif(trim(policy_rows.untiered_as), '') as untiered_as,
        nullif(trim(policy_rows.exit_condition), '') as exit_condition,
        nullif(trim(policy_rows.reason), '') as reason
    from policy_rows
)

select * from final
