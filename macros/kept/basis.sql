{# The tables, views and sources that a node reads, straight or through views. #}
{% macro inputs_of(node, found=none) %}
    {% set found = found if found is not none else {'tables': [], 'views': [], 'sources': []} %}
    {% for id in node.depends_on.nodes %}
        {% set input = graph.nodes.get(id) %}
        {% set name = noted_as(input) if input else id %}
        {% if not input %}
            {% do found.sources.append(name) %}
        {% elif input.config.materialized == 'view' %}
            {% if name not in found.views %}
                {% do found.views.append(name) %}
                {% do inputs_of(input, found) %}
            {% endif %}
        {% elif name not in found.tables %}
            {% do found.tables.append(name) %}
        {% endif %}
    {% endfor %}
    {{ return(found) }}
{% endmacro %}

{# The files that a statement reads, as SQL literals of patterns; a name or text that looks like a reader is none. #}
{% macro files_read(sql) %}
    {% set text, name = "'(?:[^']|'')*'", '"(?:[^"]|"")*"' %}
    {% set reader = 'read_(?:csv|parquet)\\(\\[(' ~ text ~ '(?:, ' ~ text ~ ')*)\\]' %}
    {% set files = [] %}
    {% if 'read_' in sql %}
        {% for listed in modules.re.findall(reader ~ '|' ~ text ~ '|' ~ name ~ '|--[^\n]*|(?s:/[*].*?[*]/)', sql) if listed %}
            {% do files.extend(modules.re.findall(text, listed)) %}
        {% endfor %}
    {% endif %}
    {{ return(files | unique | sort) }}
{% endmacro %}

{#
    Size and time of change of files, by name, by which it is known whether they are still the same. Times are told to the second: a
    file of this very moment may change once more within it, and is taken for changed by the next run.
#}
{% macro files_as_they_are(patterns) %}
    {% set found = {} %}
    {% set sql %}
        select
            filename,
            size || ' ' || last_modified
            || case when last_modified > now() - interval 2 second then {{ quoted_text(' ' ~ invocation_id) }} else '' end as state
        from read_blob([{{ patterns | join(', ') }}])
    {% endset %}
    {% if patterns %}
        {% for filename, state in run_query(sql).rows %}{% do found.update({filename: state}) %}{% endfor %}
    {% endif %}
    {{ return(found) }}
{% endmacro %}

{#
    What a table or a test is made from: a hash of its SQL and of all that its inputs hold without dates (made_from, none where something
    is read that is not known), hashes of what they hold by date (inputs), and what was noted of it when it was made last (last). What is
    without dates itself follows from its inputs whole (made_from), and tells what they do: of no date (of_no_date) and by date (dated).
#}
{% macro basis_of(node, sql, kept_by, last) %}
    {% set inputs = inputs_of(node) %}
    {% set parts, dated = [sql, node.columns.values() | map(attribute='data_type') | join(', ')], [] %}
    {% set unknown = inputs.sources if raw_mode() == 'tables' else [] %}
    {% set files = files_read(sql) %}
    {% if files %}{% do parts.append(tojson(files_as_they_are(files), sort_keys=true)) %}{% endif %}
    {% set whole = parts | list %}
    {% for input in (inputs.tables + inputs.views) | sort %}
        {% set note = graph.kept.notes.get(input) %}
        {% if not note or note.get('reads_files') %}
            {% do unknown.append(input) %}
        {% else %}
            {% set by_date = note.content if note.is_dated else note.get('told') %}
            {% do whole.append(input ~ hash_noted(note)) %}
            {% do parts.append(input ~ (by_date.get('') if by_date else hash_noted(note))) %}
            {% if by_date %}{% do dated.append(by_date) %}{% endif %}
        {% endif %}
    {% endfor %}
    {% set of_no_date = local_md5(parts | join('\n')) %}
    {{ return({
        'made_from': none if unknown else of_no_date if kept_by else local_md5(whole | join('\n')),
        'inputs': joined_by_date(dated) if kept_by else {},
        'dated': dated,
        'of_no_date': of_no_date,
        'last': last or {'made_from': none, 'inputs': {}, 'content': {}},
    }) }}
{% endmacro %}

{# All that is noted of what a relation holds, in one hash, taken once in a run. #}
{% macro hash_noted(note) %}
    {% if 'hash' not in note %}{% do note.update({'hash': local_md5(tojson(note.get('content', note.made_from), sort_keys=true))}) %}{% endif %}
    {{ return(note.hash) }}
{% endmacro %}

{# Hashes by date of several relations as one, without what is of no date. #}
{% macro joined_by_date(several) %}
    {% set joined = dict(several[0]) if several else {} %}
    {% for by_date in several[1:] %}
        {% set separator = ' ' ~ loop.index ~ ' ' %}
        {% for date, content in by_date.items() %}{% do joined.update({date: joined.get(date, '') ~ separator ~ content}) %}{% endfor %}
    {% endfor %}
    {% do joined.pop('', none) %}
    {% if several | length > 1 %}
        {% for date, contents in joined.items() %}{% do joined.update({date: local_md5(contents)}) %}{% endfor %}
    {% endif %}
    {{ return(joined) }}
{% endmacro %}

{#
    The first date from which a table or a test has to be taken anew: none where there is none, '' where all of it has to be.
    What is kept by months is taken from the first day of the month.
#}
{% macro first_changed(basis, kept_by) %}
    {% set last = basis.last %}
    {% if flags.FULL_REFRESH or basis.made_from is none or last.made_from != basis.made_from %}{{ return('') }}{% endif %}
    {% if basis.inputs == last.inputs %}{{ return(none) }}{% endif %}
    {% set changed = [] %}
    {% for date in basis.inputs.keys() | list + last.inputs.keys() | list %}
        {% if basis.inputs.get(date) != last.inputs.get(date) %}{% do changed.append(date) %}{% endif %}
    {% endfor %}
    {% set first = changed | min %}
    {{ return(first[:7] ~ '-01' if 'month' in kept_by else first) }}
{% endmacro %}
