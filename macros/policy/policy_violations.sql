{#
    Flaws of policies that name things: what has to be there and is not, and what is there that no model knows. `files` maps a
    policy's name to the pair of what a row is called, of rows_found, and the names that are needed.
#}
{% macro policy_violations(files) %}
    select
        coalesce(needed.file, found.file) || case when found.name is null then ': a row is absent' else ': no model knows this row' end as flaw,
        coalesce(needed.name, found.name) as place
    from (
        {% for file, (_, names) in files.items() %}
        {% for name in names %}
        select '{{ file }}' as file, '{{ name }}' as name
        {{ 'union all' if not loop.last }}
        {% endfor %}
        {{ 'union all' if not loop.last }}
        {% endfor %}
    ) as needed
    full outer join (
        {% for file, (name, _) in files.items() %}
        select distinct '{{ file }}' as file, {{ name }} as name
        from {{ ref('policy_' ~ file) }} as rows_found
        {{ 'union all' if not loop.last }}
        {% endfor %}
    ) as found
        on needed.file = found.file
        and needed.name = found.name
    where needed.name is null or found.name is null
{% endmacro %}
