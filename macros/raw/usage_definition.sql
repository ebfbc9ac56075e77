{#
    The rows that a statement selects, with a hash of the statement in a column `definition`. The hash leaves out what
    differs from run to run: the extract's place, columns outside the contract, and dates that follow from run_date.
#}
{% macro with_definition(sql) %}
{% set lines = [] %}
{% set placeless = modules.re.sub('(?s)from [^\n]*? as raw_source', 'from raw_source', sql) %}
{% for line in placeless.split('\n') if '__source' not in line %}
    {% do lines.append(line) %}
{% endfor %}
{% set text = {'left': lines | join('\n')} %}
{% for day in modules.re.findall('\\d{4}-\\d{2}-\\d{2}', sql) | unique if day[:4] >= run_date()[:4] %}
    {% do text.update({'left': text.left | replace(day, '')}) %}
{% endfor %}
select
    defined.*,
    '{{ local_md5(text.left) }}' as definition
from (
    {{ sql }}
) as defined
{% endmacro %}

{# A hash of the roll-up's own SQL, of the SQL of the rows that it reads, and of the macros that both call. #}
{% macro usage_code() %}
    {% if not execute %}{{ return('') }}{% endif %}
    {% set code = [day_bit('a_day'), hash_of(['a_key', 'another']), add_days('a_day', 'some')] %}
    {% set models = graph.get('nodes', {}).values() | selectattr('resource_type', 'equalto', 'model') %}
    {% for node in models if node.name in ('base_product__usage_rows', 'base_product__usage_rolled_up') %}
        {% do code.append(node.raw_code) %}
    {% endfor %}
    {{ return(local_md5(code | sort | join('\n'))) }}
{% endmacro %}

{# That hash and those of the statements that judge the two usage tables, each from the first row of its table. #}
{% macro usage_definition() -%}
    '{{ usage_code() }}'
    {%- for table in ['events', 'usage_daily'] %}
        || ' ' || coalesce((
            select defined.definition
            from {{ ref('base_product__usage_rows') }} as defined
            where defined.table_name = '{{ table }}'
            limit 1
        ), '')
    {%- endfor %}
{%- endmacro %}

{#
    Whether the roll-up that a run finds has other columns than its YAML or was made by another definition.
    The definition of a table that has come or gone is not compared.
#}
{% macro usage_definition_has_changed() %}
    {% set existing = adapter.get_relation(this.database, this.schema, this.identifier) %}
    {% if existing is none %}{{ return(false) }}{% endif %}
    {% if adapter.get_columns_in_relation(existing) | map(attribute='name') | sort != model.columns | sort %}
        {{ return(true) }}
    {% endif %}
    {% set now = run_query('select ' ~ usage_definition()).columns[0].values()[0].split(' ') %}
    {% for held in run_query('select distinct definition from ' ~ existing).columns[0].values() %}
        {% for part in (held or '').split(' ') %}
            {% if part and now[loop.index0] and part != now[loop.index0] %}{{ return(true) }}{% endif %}
        {% endfor %}
    {% endfor %}
    {{ return(false) }}
{% endmacro %}
