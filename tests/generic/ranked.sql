{#
    Ranks count from 1 without a gap in each group `by`, and `falling` never rises from one rank to the next.
    With `within`, expressions, it may rise where one of them changes.
#}
{% test ranked(model, rank, falling, by=[], within=[]) %}
{% set ranked = ('partition by ' ~ by | join(', ') if by else '') ~ ' order by ' ~ rank %}
{% set falling_in = ('partition by ' ~ (by + within) | join(', ') if by + within else '') ~ ' order by ' ~ rank %}
select *
from (
    select
        checked.*,
        row_number() over ({{ ranked }}) as expected_rank,
        lag({{ falling }}) over ({{ falling_in }}) as value_before
    from {{ model }} as checked
) as ranks
where {{ rank }} <> expected_rank
    or {{ falling }} > value_before
{% endtest %}
