{# Rows with a name that another file lacks, such as policy_references('playbook_steps', ['playbook'], 'playbooks'). #}
{% macro policy_references(file, columns, other_file) %}
    {% set place, matches = [], [] %}
    {% for column in columns %}
    {% do place.append('policy_rows.' ~ column) %}
    {% do matches.append('policy_rows.' ~ column ~ ' = other_rows.' ~ column) %}
    {% endfor %}
    select distinct
        '{{ file }}' as file,
        {{ place | join(" || ',' || ") }} as place,
        'no row of {{ other_file }} has this {{ columns | join(' and ') }}' as violation
    from {{ ref('policy_' ~ file) }} as policy_rows
    left join {{ ref('policy_' ~ other_file) }} as other_rows
        on {{ matches | join(' and ') }}
    where other_rows.{{ columns[0] }} is null
{% endmacro %}
