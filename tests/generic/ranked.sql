{# Ranks count from 1 without a gap in each group `by`, and `falling` never rises from one rank to the next. #}
{% test ranked(model, rank, falling, by=[]) %}
{% set ranked = ('partition by ' ~ by | join(', ') if by else '') ~ ' order by ' ~ rank %}
select *
from (
    select
        checked.*,
        row_number() over ({{ ranked }}) as expected_rank,
        lag({{ falling }}) over ({{ ranked }}) as value_before
    from {{ model }} as checked
) as ranks
where {{ rank }} <> expected_rank
    or {{ falling }} > value_before
{% endtest %}
