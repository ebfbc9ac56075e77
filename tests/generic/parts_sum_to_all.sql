{#
    Rows where column `part` is 'all' equal the sum of the other rows, for each of `measures` in each group `by`.
    With each_part, the rows of every other value of `part` equal them without the rest. A row may be off by `rounding`.
#}
{% test parts_sum_to_all(model, part, measures, by, each_part=false, rounding=0) %}
{% set part_of = part if each_part else "case when " ~ part ~ " = 'all' then 'all' else 'parts' end" %}
with

sums as (
    select
        {{ by | join(', ') }},
        {{ part_of }} as part,
        count(*) as row_count,
        {% for measure in measures %}
        sum({{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ model }}
    group by {{ by | join(', ') }}, {{ part_of }}
),

wholes as (
    select
        parts.part,
        {% for column in by + measures %}
        sums.{{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from sums
    cross join (select distinct part from sums where part <> 'all') as parts
    where sums.part = 'all'
)

select
    {% for measure in measures %}
    wholes.{{ measure }} as {{ measure }}_of_all,
    parts.{{ measure }} as {{ measure }}_of_parts,
    {% endfor %}
    {% for column in by + ['part'] %}
    coalesce(wholes.{{ column }}, parts.{{ column }}) as {{ column }}{{ ',' if not loop.last }}
    {% endfor %}
from wholes
full outer join (select * from sums where part <> 'all') as parts
    on wholes.part = parts.part
    {% for column in by %}
    and wholes.{{ column }} = parts.{{ column }}
    {% endfor %}
where {% for measure in measures %}
    abs(coalesce(wholes.{{ measure }}, 0) - coalesce(parts.{{ measure }}, 0))
    > {{ rounding }} * coalesce(parts.row_count, 1){{ ' or' if not loop.last }}
    {% endfor %}
{% endtest %}
