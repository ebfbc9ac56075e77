-- The stage by customers, the stage of maturity, and each condition of that.
with

sizes as (
    select * from {{ ref('int_org_sizes') }}
),

stages as (
    select * from {{ ref('policy_org_stages') }}
),

conditions as (
    select * from {{ ref('int_org_maturity') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

displayed as (
    select
        conditions.*,
        {% for value in ['value', 'min_value'] %}
        {{ display_text(
            'conditions.' ~ value, 'conditions.display_format', 'conditions.unit', 'run_context.reporting_currency'
        ) }} as display_{{ value }},
        {% endfor %}
        row_number() over (
            partition by conditions.is_met
            order by conditions.stage_rank, conditions.sort_order
        ) as place
    from conditions
    cross join run_context
),

-- The first condition that is not met, which holds the company below its stage.
reached as (
    select
        max(displayed.stage_rank) as last_rank,
        min(case when not displayed.is_met then displayed.stage_rank end) - 1 as stage_rank,
        max(case when not displayed.is_met and displayed.place = 1 then displayed.stage end) as next_stage,
        max(
            case
                when not displayed.is_met and displayed.place = 1
                    then {{ label_in_sentence('displayed.label') }} || ', at '
                        || coalesce(displayed.display_value, 'no value') || ' where '
                        || displayed.display_min_value || ' is needed'
            end
        ) as open_condition
    from displayed
),

maturity as (
    select
        coalesce(reached.stage_rank, reached.last_rank) as stage_rank,
        coalesce(
            'The next stage is ' || reached.next_stage || '. Still open: ' || reached.open_condition || '.',
            'The conditions of all stages are met.'
        ) as rule
    from reached
),

final as (
    select
        'org_stage' as question,
        cast(sizes.customers as double) as value,
        cast(stages.min_customers as double) as range_low,
        cast(stages.below_customers - 1 as double) as range_high,
        stages.stage as verdict,
        case
            when stages.below_customers is null
                then 'From ' || {{ number_text('stages.min_customers') }} || ' customers on. '
            else
                'From ' || {{ number_text('stages.min_customers') }} || ' to '
                || {{ number_text('stages.below_customers - 1') }} || ' customers. '
        end || stages.rule as rule
    from sizes
    inner join stages
        on sizes.customers >= stages.min_customers
        and (stages.below_customers is null or sizes.customers < stages.below_customers)
    where sizes.is_current
    union all
    select
        'maturity' as question,
        cast(maturity.stage_rank as double) as value,
        cast(null as double) as range_low,
        cast(null as double) as range_high,
        case maturity.stage_rank
            when 1 then 'reactive'
            when 2 then 'proactive'
            when 3 then 'strategic'
            else 'transformational'
        end as verdict,
        maturity.rule
    from maturity
    union all
    select
        displayed.question,
        displayed.value,
        displayed.min_value as range_low,
        cast(null as double) as range_high,
        case when displayed.is_met then 'met' else 'not_met' end as verdict,
        'The ' || displayed.stage || ' stage needs at least ' || displayed.display_min_value || '.' as rule
    from displayed
)

select * from final
