-- Four memos of one shape. The policy words them and every figure is one of rpt_board_evidence.
with

evidence as (
    select * from {{ ref('rpt_board_evidence') }}
),

policy_decisions as (
    select * from {{ ref('policy_board_decisions') }}
),

policy_causes as (
    select * from {{ ref('policy_board_causes') }}
),

policy_steps as (
    select * from {{ ref('policy_board_steps') }}
),

policy_evidence as (
    select * from {{ ref('policy_board_evidence') }}
),

labels as (
    select * from {{ ref('dim_labels') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

worded as (
    select
        evidence.*,
        policy_evidence.decision,
        policy_evidence.sort_order,
        policy_evidence.max_lines,
        policy_evidence.unit,
        policy_evidence.target_word,
        evidence.cause_of = policy_evidence.decision and evidence.cause_rank = 1 as is_top,
        coalesce({{ label_in_sentence('labels.label') }}, evidence.segment) as segment_text,
        policy_evidence.label,
        {{ display_text('evidence.value', 'policy_evidence.display_format', 'policy_evidence.unit',
            'evidence.reporting_currency') }} as display_value,
        {{ display_text('evidence.target', 'policy_evidence.display_format', 'policy_evidence.unit',
            'evidence.reporting_currency') }} as display_target
    from evidence
    inner join policy_evidence
        on evidence.mart = policy_evidence.mart
        and evidence.figure = policy_evidence.figure
    left join labels
        on evidence.segment = labels.code
        and labels.domain = case evidence.mart
            when 'rpt_coverage_capacity' then 'investment_tier' when 'rpt_segment_performance' then 'touch_tier'
        end
),

decided as (
    select
        policy_decisions.*,
        coalesce(worded.cause, 'none') as cause,
        worded.segment_text,
        worded.display_value,
        worded.display_target
    from policy_decisions
    left join worded
        on policy_decisions.decision = worded.decision
        and worded.is_top
),

lines as (
    {% for section, column in {'bottom_line': 'bottom_line', 'your_decision': 'call'}.items() %}
    select
        decided.decision,
        '{{ section }}' as section,
        1 as place,
        1 as part,
        replace(replace(replace(
            policy_causes.{{ column }}, '{segment}', coalesce(decided.segment_text, '')
        ), '{value}', coalesce(decided.display_value, '')), '{target}', coalesce(decided.display_target, '')) as text,
        {{ board_line_columns() }}
    from decided
    inner join policy_causes
        on decided.decision = policy_causes.decision and decided.cause = policy_causes.cause
    union all
    {% endfor %}
    select
        decided.decision,
        'decision' as section,
        1 as place,
        1 as part,
        decided.question as text,
        {{ board_line_columns() }}
    from decided
    union all
    select
        worded.decision,
        'evidence' as section,
        worded.sort_order as place,
        worded.place as part,
        replace(worded.label, '{segment}', worded.segment_text) || ': ' || worded.display_value
        || coalesce(', ' || worded.target_word || ' ' || worded.display_target, '') || '.' as text,
        {{ board_line_columns('worded') }}
    from worded
    where worded.place <= worded.max_lines or worded.is_top
    union all
    select
        decided.decision,
        'how_to_act' as section,
        policy_steps.step as place,
        1 as part,
        policy_steps.action as text,
        {{ board_line_columns(step='policy_steps') }}
    from decided
    inner join policy_steps
        on decided.decision = policy_steps.decision
        and decided.cause = policy_steps.cause
),

final as (
    select
        lines.decision,
        cast(row_number() over (
            partition by lines.decision
            order by
                case when lines.section = 'your_decision' then 1 else 0 end,
                case lines.section when 'bottom_line' then 1 when 'decision' then 2 when 'evidence' then 3 else 4 end,
                lines.place,
                lines.part
        ) as int) as line,
        lines.section,
        lines.text,
        decided.cause,
        lines.mart,
        lines.figure,
        lines.segment,
        lines.value,
        lines.unit,
        lines.target,
        lines.is_met,
        lines.owner_role,
        {{ add_days('run_context.as_of_date', 'lines.within_days') }} as due_on,
        run_context.reporting_currency
    from lines
    inner join decided
        on lines.decision = decided.decision
    cross join run_context
)

select * from final
