{#
    What is known of a table travels in its comment, as JSON: what it was made from (made_from, and by date inputs), and a hash of what
    it holds (content, by date where it has meta kept_by or dated_by). A table without a comment is unknown, and never relied on.
#}
{% macro note_contents(relation, basis, kept={}, first_date=none) %}
    {% set dated_by = model.config.meta.get('kept_by') or model.config.meta.get('dated_by') %}
    {% set sql %}
        select
            {{ "coalesce(cast(" ~ dated_by ~ " as varchar), '')" if dated_by else "''" }} as held_on,
            count(*) || ':' || coalesce(sum(hash(held)), 0) as content
        from {{ relation }} as held
        {% if first_date %}where {{ dated_by }} >= cast('{{ first_date }}' as date){% endif %}
        {{ 'group by 1' if dated_by }}
    {% endset %}
    {% set content = dict(kept) %}
    {% for held_on, hash in run_query(sql).rows %}{% do content.update({held_on: hash}) %}{% endfor %}
    {% set note = {'made_from': basis.made_from, 'inputs': basis.inputs, 'content': content, 'is_dated': dated_by is not none} %}
    {% call statement('note') %}comment on table {{ relation }} is '{{ tojson(note) }}'{% endcall %}
    {% do graph.kept.notes.update({model.schema ~ '.' ~ model.alias: note}) %}
{% endmacro %}
