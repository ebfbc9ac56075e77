{# The systems that accounts may come from. #}
{% macro crm_systems() %}{{ return(['salesforce', 'hubspot']) }}{% endmacro %}

{% macro billing_systems() %}{{ return(['stripe', 'recurly', 'chargebee']) }}{% endmacro %}

{# The sources of con_<system>__parties that are people. #}
{% macro person_sources() %}
    {{ return(['zendesk_user', 'segment_user', 'amplitude_user', 'delighted']) }}
{% endmacro %}

{# The columns of con_<system>__parties. #}
{% macro party_columns() %}
    {{ return(['source', 'source_id', 'party_name', 'salesforce_id', 'hubspot_id', 'own_account_id', 'address']) }}
{% endmacro %}

{# Salesforce ids agree if their first 15 characters do, because integrations drop the last three. #}
{% macro record_key(base_system, id) -%}
    case when {{ base_system }} = 'salesforce' then substr({{ id }}, 1, 15) else {{ id }} end
{%- endmacro %}

{# The domain of an e-mail address, a website or a domain: without scheme, www, path and port, in lower case. #}
{% macro domain_of(address) -%}
    {%- set plain = "replace(replace(lower(trim(" ~ address ~ ")), '>', ''), 'mailto:', '')" -%}
    {%- set host -%}
        case
            when {{ plain }} like '%@%' then split_part({{ plain }}, '@', 2)
            else regexp_replace({{ plain }}, '^[a-z]+://', '')
        end
    {%- endset -%}
    {%- set bare = "split_part(split_part(split_part(split_part(" ~ host ~ ", '/', 1), '?', 1), '#', 1), ':', 1)" -%}
    case when {{ host }} like '%_._%' then regexp_replace({{ bare }}, '^www[.]', '') end
{%- endmacro %}
