{#
    A company's own subscriptions beside a connector's items, or the reverse: their ids must agree. Of the connector the
    subscription_id of its items as the loader left them is compared.
#}
{% macro flaws_of_shared_ids() %}
    {% set flaws = {'missing': [], 'warnings': []} %}
    {% set own_rows = {
        'subscriptions': given_relation('billing', 'subscriptions'),
        'subscription_items': given_relation('billing', 'subscription_items'),
    } %}
    {% set own = own_rows['subscriptions'] or own_rows['subscription_items'] %}
    {% if not own or own_rows['subscriptions'] and own_rows['subscription_items'] %}{{ return(flaws) }}{% endif %}
    {% for system in connectors_of('billing_subscriptions') %}
        {% set of_items = ('subscription_item', 'subscription_id') %}
        {% set object, column = ('subscription', 'id') if own_rows['subscription_items'] else of_items %}
        {% if 'source.' ~ project_name ~ '.' ~ system ~ '.' ~ object in graph.sources %}
            {% set declared, relation = source_object(system, object), loaded_relation(system, object) %}
            {% set counts %}
                select count(*), count(own_ids.subscription_id)
                from (
                    select distinct loaded.{{ column }} as subscription_id
                    from (
                        {{ typed_rows(declared, relation, columns_found(relation, declared.columns)) }}
                    ) as loaded
                ) as loaded_ids
                left join (
                    select distinct cast(own.subscription_id as string) as subscription_id from {{ own }} as own
                ) as own_ids
                    on loaded_ids.subscription_id = own_ids.subscription_id
            {% endset %}
            {% set given, shared = run_query(counts).rows[0].values() %}
            {% set words = shared ~ ' of ' ~ given ~ ' subscriptions of ' ~ system
                ~ ' have the id of one in your own billing table' %}
            {% if given and not shared %}
                {% do flaws.missing.append(
                    words ~ '. Your table replaces that of the connector, so the ids must agree: give both tables '
                    ~ 'yourself, or neither'
                ) %}
            {% elif shared < given %}
                {% do flaws.warnings.append('only ' ~ words ~ '. The rows of the others are rejected.') %}
            {% endif %}
        {% endif %}
    {% endfor %}
    {{ return(flaws) }}
{% endmacro %}
