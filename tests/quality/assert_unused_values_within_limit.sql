-- A row is a column of money or time where too many values do not parse: more than a few and more than a small share.
-- Staging sets such values to null, so that amounts or dates go missing without a rejected row.
-- Look first at the example, then correct the extract. The limits are vars.
select
    invalid_values.source_system,
    invalid_values.table_name,
    invalid_values.column_name,
    invalid_values.values_given,
    invalid_values.values_nulled - invalid_values.placeholder_values as values_not_used,
    invalid_values.example,
    'see dq_invalid_values for all columns' as advice
from {{ ref('dq_invalid_values') }} as invalid_values
where invalid_values.is_held_to_limit
    and invalid_values.values_nulled - invalid_values.placeholder_values > {{ var('max_rejected_rows') | int }}
    and invalid_values.values_nulled - invalid_values.placeholder_values
    > invalid_values.values_given * {{ var('max_rejected_share') | float }}
