{#
    What is known of a table travels in its comment, as JSON: what it was made from (made_from, and by date inputs), and a hash of what
    it holds (content, by date where it has meta kept_by or dated_by). Of a table without dates, the facts that it tells by the week in
    which they came to be known (told): its own, where it has meta known_at or a raw contract, else those of its inputs.
    A table without a comment is unknown, and never relied on.
#}
{% macro note_contents(relation, basis, contents, kept={}) %}
    {% set content, told = dict(kept), {} %}
    {% for kind, held_on, hash in contents.rows %}{% do (told if kind == 'told' else content).update({held_on: hash}) %}{% endfor %}
    {% set last = basis.get('last', {}) %}
    {% set is_as_it_was = last.get('told') and last.content == content %}
    {% set note = {
        'made_from': basis.made_from,
        'inputs': basis.inputs,
        'files': basis.get('files'),
        'content': content,
        'is_dated': dated_by() is not none,
        'told': none if dated_by() else told or (last.told if is_as_it_was else told_by_inputs(basis)),
    } %}
    {% call statement('note') %}comment on table {{ relation }} is {{ quoted_text(tojson(note)) }}{% endcall %}
    {% do graph.kept.notes.update({noted_as(model): note}) %}
{% endmacro %}

{# What the inputs of a table without dates tell; none where something is read that is not known, or nothing is. #}
{% macro told_by_inputs(basis) %}
    {% if basis.made_from is none or 'dated' not in basis %}{{ return(none) }}{% endif %}
    {{ return(dict(joined_by_date(basis.dated), **{'': basis.of_no_date})) }}
{% endmacro %}

{# Before a table is changed by steps that a crash may come between. #}
{% macro forget_contents(existing) %}
    {% if existing is not none and existing.is_table %}
        {% call statement('forget') %}comment on table {{ existing }} is null{% endcall %}
        {{ adapter.commit() }}
    {% endif %}
{% endmacro %}

{# A hash of what a table holds, rows in any order, by date where it has dates; of the rows that are `among` alone. #}
{% macro contents_of(relation, among='true') %}
    select
        'held' as kind,
        {{ "coalesce(cast(" ~ dated_by() ~ " as varchar), '')" if dated_by() else "''" }} as held_on,
        count(*) || ':' || coalesce(sum(hash(held)), 0) as content
    from {{ relation }} as held
    where {{ among }}
    group by 1, 2
    {% set rule = rule_of_telling(model) %}
    {% if rule %}
    union all
    {{ facts_told(relation, rule) }}
    {% endif %}
{% endmacro %}

{# The column by whose dates a table's contents are noted, if any. #}
{% macro dated_by() %}{{ return(model.config.meta.get('kept_by') or model.config.meta.get('dated_by')) }}{% endmacro %}

{# The name by which a relation of a node is known among the notes. #}
{% macro noted_as(node) %}{{ return(node.schema ~ '.' ~ node.alias) }}{% endmacro %}
