-- Value is the annual value of the achieved objectives in force. It is unknown if no objective states a value.
with

objectives as (
    select * from {{ ref('int_objectives_known') }}
),

final as (
    select
        objectives.account_id,
        count(*) as objectives,
        count(*) filter (where objectives.is_achieved) as achieved,
        count(*) filter (where objectives.is_due) as due,
        count(*) filter (where objectives.is_due and objectives.is_achieved) as due_achieved,
        count(*) filter (
            where objectives.is_due and objectives.is_in_force and objectives.value_amount is not null
        ) as due_in_force,
        sum(objectives.value_amount) as planned_value,
        sum(case
            when objectives.is_achieved and objectives.is_in_force then objectives.value_amount
            when objectives.value_amount is not null then 0
        end) as value_amount,
        sum(case
            when objectives.is_achieved and objectives.is_in_force and objectives.is_customer_validated
                then objectives.value_amount
            when objectives.value_amount is not null and objectives.is_customer_validated is not null then 0
        end) as validated_value
    from objectives
    group by objectives.account_id
)

select * from final
