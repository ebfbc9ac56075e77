{#
    Rows of values that a board decision may rest on, from a CTE that is a mart or holds rows of one. `figure` is a
    column of the mart, or says in SQL which figure of the scorecard it is. `cause_of` and `cause` say, in SQL,
    the decision that a value is a cause of, and that cause. Of one urgency that of most `weight` comes first.
#}
{% macro board_value(
    mart, rows, figure, value, target='null', is_met='null', segment='null', place='1',
    cause_of='null', cause='null', weight='null'
) -%}
    select
        '{{ mart }}' as mart,
        {{ figure }} as figure,
        cast({{ segment }} as string) as segment,
        cast({{ place }} as int) as place,
        cast({{ value }} as double) as value,
        cast({{ target }} as double) as target,
        cast({{ is_met }} as boolean) as is_met,
        cast({{ cause_of }} as string) as cause_of,
        cast({{ cause }} as string) as cause,
        cast({{ weight }} as double) as weight
    from {{ rows }}
    where {{ value }} is not null
{%- endmacro %}
