{#
    A policy file as its contract types it: policy_table('health_weights') in the model policy_health_weights.
    `model_name` is given where the model is not called policy_ and the file's name.
#}
{% macro policy_table(file, model_name=none) %}
    {% set default_rows = ref(file) %}
    {% if not execute %}{{ return('') }}{% endif %}
    {% set contract = policy_contract(model_name or 'policy_' ~ file) %}
    select
        {% for name, column in contract.columns.items() if not column.computed %}
        {{ policy_value(contract, name) }} as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from (
        {{ policy_cells(contract, default_rows) }}
    ) as cells
{% endmacro %}

{# A column's value from the text of its cell. The last row of its group has no next value. #}
{% macro policy_value(contract, name) -%}
    {%- set column = contract.columns[name] -%}
    {%- if column.next -%}
        {%- set value = policy_value(contract, column.next) -%}
        {%- set groups = contract.columns[column.next].get('within', []) + [column.next ~ ' is null'] -%}
        lead({{ value }}) over (partition by cells.{{ groups | join(', cells.') }} order by {{ value }})
    {%- elif column.type == 'string' -%}
        cells.{{ name }}
    {%- else -%}
        try_cast(cells.{{ name }} as {{ column.type }})
    {%- endif -%}
{%- endmacro %}

{# The cells of a policy file as text, empty as null. Of a file of settings one row with a cell per setting. #}
{% macro policy_cells(contract, default_rows) %}
    {% set setting, value = contract.settings or ['', ''] %}
    select
        {% for name, column in contract.cells.items() %}
        {% if contract.settings %}
        max(
            case when {{ policy_text(setting) }} = '{{ column.get('setting', name) }}'
                then {{ policy_text(column.get('value', value)) }} end
        ) as {{ name }}{{ ',' if not loop.last }}
        {% else %}
        {{ policy_text(name) }} as {{ name }}{{ ',' if not loop.last }}
        {% endif %}
        {% endfor %}
    from {{ policy_source(contract, default_rows) }} as policy_source
{% endmacro %}

{% macro policy_text(column) -%}
    nullif(trim(cast(policy_source.{{ column }} as string)), '')
{%- endmacro %}

{# The rows of a policy: the company's own file of that name in policy_path, else the project's seed. #}
{% macro policy_source(contract, default_rows) %}
    {% set folder = var('policy_path', env_var('CS_POLICY_PATH', '')) %}
    {% set own_rows = raw_file_rows(folder, contract.file) if folder else none %}
    {% if own_rows is none %}{{ return(default_rows) }}{% endif %}
    {% set needed = contract.settings or contract.cells.keys() | list %}
    {% set further = contract.cells.values() | selectattr('value', 'defined') | map(attribute='value') | list %}
    {% set found = get_columns_in_query('select * from ' ~ own_rows) | map('lower') | list %}
    {% set missing = (needed + further) | reject('in', found) | list %}
    {% if missing %}
        {{ exceptions.raise_compiler_error(
            'Policy: ' ~ contract.file ~ ' in ' ~ folder ~ ' has no column ' ~ missing | join(' and no column ')
            ~ '. Add it: the file needs the columns ' ~ (needed + further) | join(', ') ~ '.'
        ) }}
    {% endif %}
    {{ return(own_rows) }}
{% endmacro %}
