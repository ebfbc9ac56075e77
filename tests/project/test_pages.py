"""The README and the docs: a short first screen, generated parts up to date, links that lead on."""

import re

import pytest
from conftest import PROJECT, Build

from tools.domains import DOMAINS, edges_of, marts_of, models_of
from tools.entities import JOINS, Join, diagrams, joins_of, tables_of
from tools.language import pages
from tools.pages import rendered

WORDS_BEFORE_THE_FIRST_COMMAND = 150
TABLES_OF_A_DIAGRAM = 8


@pytest.fixture(scope="module")
def models(demo: Build):
    return models_of(demo.manifest)


def test_pictures_and_tables_are_those_of_the_demo(demo: Build, marts):
    old = [
        str(path.relative_to(PROJECT))
        for path, text in rendered(demo.manifest, marts).items()
        if not path.exists() or path.read_text() != text
    ]
    assert not old, f"`make build pages` writes again: {', '.join(old)}"


def test_readme_opens_with_a_sentence_a_picture_and_a_command():
    before, command, _ = (PROJECT / "README.md").read_text().split("```", 2)
    alternative = " ".join(re.findall(r'alt="([^"]*)"', before))
    words = re.sub(r"<[^>]*>", " ", before).split()
    assert len(words) + len(alternative.split()) <= WORDS_BEFORE_THE_FIRST_COMMAND
    assert "docs/picture-light.svg" in before
    assert "docs/picture-dark.svg" in before
    assert command.strip().startswith("make build")


def test_domains_are_those_of_the_folders_in_an_order_that_never_goes_back(models):
    found = {model.domain for model in models.values() if model.layer != "staging"}
    assert found == set(DOMAINS)
    order = list(DOMAINS)
    back = [pair for pair in edges_of(models) if order.index(pair[0]) > order.index(pair[1])]
    assert not back


def test_diagrams_are_small_and_show_every_join(models):
    shown: list[Join] = []
    for domain in DOMAINS:
        names = [mart.name for mart in marts_of(models, domain)]
        parts = diagrams(domain, names)
        assert sorted(name for part in parts.values() for name in part) == sorted(names)
        for part in parts.values():
            joins = joins_of(set(part))
            assert len({*tables_of(joins), *part}) <= TABLES_OF_A_DIAGRAM, domain
            shown += joins
    assert set(shown) == set(JOINS)


@pytest.mark.parametrize("join", JOINS, ids=lambda join: f"{join.parent}-{join.child}")
def test_joins_hold_on_the_demo(marts, join: Join):
    parent, child = (
        f"{'quality' if name.startswith('dq_') else 'marts'}.{name}"
        for name in (join.parent, join.child)
    )
    equal = [
        f"{'p.' * parent_side.isidentifier()}{parent_side} = "
        f"{'c.' * child_side.isidentifier()}{child_side}"
        for parent_side, child_side in join.columns
    ]
    condition = " and ".join(equal + [join.only] * bool(join.only))
    alone, parents, children = marts.execute(
        f"""
        with c as (select row_number() over () as child_row, * from {child}),
        p as (select row_number() over () as parent_row, * from {parent}),
        pairs as (select child_row, parent_row from c inner join p on {condition})
        select
            (select count(*) from c) - (select count(distinct child_row) from pairs),
            (select max(n) from (select count(*) as n from pairs group by child_row)),
            (select max(n) from (select count(*) as n from pairs group by parent_row))
        """
    ).fetchone()
    if join.cardinality.startswith("||"):
        assert alone == 0, f"{alone} rows of {join.child} without one of {join.parent}"
    if not join.cardinality.startswith("}"):
        assert (parents or 0) <= 1, f"a row of {join.child} has {parents} of {join.parent}"
    if join.cardinality.endswith("|"):
        assert (children or 0) <= 1, f"a row of {join.parent} has {children} of {join.child}"


def test_links_lead_to_files_and_headings():
    broken = []
    for page in [*pages(), *PROJECT.glob("*.md")]:
        text = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.DOTALL | re.MULTILINE)
        for target in re.findall(r'(?:\]\(|src="|srcset=")([^)"\s]+)', text):
            name, _, heading = target.partition("#")
            if "://" in target:
                continue
            path = (page.parent / name).resolve() if name else page
            if not path.exists() or (heading and heading not in headings_of(path)):
                broken.append(f"{page.relative_to(PROJECT)}: {target}")
    assert not broken


def headings_of(page) -> set[str]:
    """The anchors that GitHub gives the headings of a page."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings
    }


def test_the_index_lists_every_page():
    index = (PROJECT / "docs" / "README.md").read_text()
    missing = [
        page.name
        for page in (PROJECT / "docs").glob("*.md")
        if page.name != "README.md" and f"({page.name})" not in index
    ]
    assert not missing
