{#
    The rows that a statement selects, with a hash of the statement in a column `definition`. What differs from run to run by
    itself is left out of it: where the extract lies, columns that the contract does not have, and dates that follow from run_date.
#}
{% macro with_definition(sql) %}
{% set lines = [] %}
{% for line in modules.re.sub('(?s)from [^\n]*? as raw_source', 'from raw_source', sql).split('\n') if '__source' not in line %}
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

{# What the usage roll-up itself is made by: its SQL, that of the rows it reads, and what the macros write that they call. #}
{% macro usage_code() %}
    {% if not execute %}{{ return('') }}{% endif %}
    {% set code = [day_bit('a_day'), hash_of(['a_key', 'another']), add_days('a_day', 'some')] %}
    {% for node in graph.get('nodes', {}).values() if node.name in ('base_product__usage_rows', 'base_product__usage_rolled_up') and node.resource_type == 'model' %}
        {% do code.append(node.raw_code) %}
    {% endfor %}
    {{ return(local_md5(code | sort | join('\n'))) }}
{% endmacro %}

{# The hashes of that and of the statements that judge the two usage tables, each table's taken from its first row. #}
{% macro usage_definition() -%}
    '{{ usage_code() }}'
    {%- for table in ['events', 'usage_daily'] %}
        || ' ' || coalesce((
            select defined.definition from {{ ref('base_product__usage_rows') }} as defined where defined.table_name = '{{ table }}' limit 1
        ), '')
    {%- endfor %}
{%- endmacro %}

{# Whether what usage was rolled up by is no longer what it is rolled up by now. Of a table that has come or gone nothing is compared. #}
{% macro usage_definition_has_changed() %}
    {% set usage_rows = ref('base_product__usage_rows') %}
    {% set now = [usage_code()] %}
    {% for table in ['events', 'usage_daily'] %}
        {% do now.extend(run_query("select definition from " ~ usage_rows ~ " where table_name = '" ~ table ~ "' limit 1").columns[0].values() or ['']) %}
    {% endfor %}
    {% for held in run_query('select distinct definition from ' ~ this).columns[0].values() %}
        {% for part in (held or '').split(' ') %}
            {% if part and now[loop.index0] and part != now[loop.index0] %}{{ return(true) }}{% endif %}
        {% endfor %}
    {% endfor %}
    {{ return(false) }}
{% endmacro %}
