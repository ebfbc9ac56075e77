{#
    The contract's stage of a CRM's stage: by source_values.csv, else by what the CRM says of it. percent is its
    probability from 0 to 100, held within these. An open stage without one keeps its name, which the contract rejects.
#}
{% macro crm_stage(system, field, name, is_won, is_closed, percent) -%}
    {%- set mapped = source_value(system, field, name) -%}
    {%- set bound = 'least(greatest(' ~ percent ~ ', 0), 100)' -%}
    case
        when {{ mapped }} in ('identified', 'qualified', 'proposed', 'committed', 'closed_won', 'closed_lost')
            then {{ mapped }}
        when {{ is_won }} then 'closed_won'
        when {{ is_closed }} then 'closed_lost'
        when {{ bound }} >= {{ source_setting(system, 'committed_from_percent') }} then 'committed'
        when {{ bound }} >= {{ source_setting(system, 'proposed_from_percent') }} then 'proposed'
        when {{ bound }} >= {{ source_setting(system, 'qualified_from_percent') }} then 'qualified'
        when {{ percent }} is not null then 'identified'
        else {{ name }}
    end
{%- endmacro %}

{# The first kind of activity that the type, the subject or the subtype names, else other. #}
{% macro crm_activity_type(system, type, subject, subtype) -%}
    coalesce(
        nullif({{ source_value(system, 'activity.type', type) }}, 'other'),
        nullif({{ source_value(system, 'activity.type', subject) }}, 'other'),
        nullif({{ source_value(system, 'activity.kind', type) }}, 'other'),
        nullif({{ source_value(system, 'activity.kind', subtype) }}, 'other'),
        'other'
    )
{%- endmacro %}

{# The place of a stakeholder type: 1 is the one that counts if a contact has several. #}
{% macro stakeholder_place(stakeholder_type) -%}
    case {{ stakeholder_type }}
        when 'economic_buyer' then 1
        when 'champion' then 2
        when 'blocker' then 3
        when 'technical_owner' then 4
        when 'influencer' then 5
        when 'end_user' then 6
    end
{%- endmacro %}

{# A first and a last name as one text, null without either. #}
{% macro full_name(first_name, last_name) -%}
    nullif(trim(coalesce({{ first_name }}, '') || ' ' || coalesce({{ last_name }}, '')), '')
{%- endmacro %}

{# What stands first in a list that a loader left as text: ["12","34"] is 12. #}
{% macro first_listed(list) -%}
    nullif(trim(split_part(
        replace(replace(replace(replace({{ list }}, '[', ''), ']', ''), '"', ''), '''', ''), ',', 1
    )), '')
{%- endmacro %}

{#
    The parts of a list such as `12;34`, one row each: a select of the columns and `part`. Lists end at the hundredth
    part, since SQL of both engines has no common way to split rows.
#}
{% macro list_parts(relation, columns, list) -%}
    select
        {% for column in columns %}listed.{{ column }},{% endfor %}
        nullif(trim(split_part(listed.{{ list }}, ';', places.place)), '') as part
    from {{ relation }} as listed
    cross join (
        {% for place in range(1, 101) %}select {{ place }} as place{{ ' union all ' if not loop.last }}{% endfor %}
    ) as places
    where nullif(trim(split_part(listed.{{ list }}, ';', places.place)), '') is not null
{%- endmacro %}
