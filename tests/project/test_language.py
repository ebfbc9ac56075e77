"""The project's language: words that the glossary bans, and sentences that stay short."""

import pytest

from tools import language
from tools.language import GLOSSARY, MARKS_PER_SENTENCE, RELATIVE_OPENINGS, Prose


def test_no_banned_word_is_used():
    files = [path for path in language.written_files() if path != GLOSSARY]
    assert len(files) > 500
    found = language.violations(files, language.banned())
    assert not found, "\n".join(["docs/glossary.md has better words for:", *found])


def test_the_glossary_bans_in_bold_words_of_its_last_column():
    words = language.banned()
    assert len(words) >= 8
    rows = [line for line in GLOSSARY.read_text().splitlines() if line.startswith("| ")]
    assert all(row.count("|") == 4 for row in rows)
    terms = [row.split("|")[1].strip() for row in rows]
    assert len(terms) - terms.count("term") - terms.count("word") >= 30


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("a zebra", True),
        ("Zebras", True),
        ("zebra_count", True),
        ("count_of_zebras", True),
        ("ZebraError", True),
        ("red\nfox", True),
        ("zebrafish", False),
        ("redfox", False),
    ],
)
def test_words_are_found_as_parts_of_names_and_not_of_words(tmp_path, monkeypatch, text, is_found):
    monkeypatch.setattr(language, "PROJECT", tmp_path)
    page = tmp_path / "page.md"
    page.write_text(f"first line\n{text}\n")
    found = language.violations([page], ["zebra", "red fox"])
    assert bool(found) == is_found
    assert not is_found or found[0].startswith("page.md:2: ")


def test_sentences_are_counted_without_code_tables_lists_and_headings():
    page = """# What a heading: is

Who pays stays. A run, at 23:59, reads `a: b; c`. It says one thing: this.

| a; b | c |
|---|---|

- a list; left out
  and its second line

```
code: left out; too.
```
"""
    assert language.prose_of(page) == Prose(sentences=3, marked=1, relative=1, words=14)


def test_readme_and_docs_are_written_in_plain_sentences():
    total = sum((language.prose_of(path.read_text()) for path in language.pages()), Prose())
    assert total.sentences > 300
    assert total.marked_share <= MARKS_PER_SENTENCE, f"{total.marked_share:.1%} have ; or :"
    assert total.relative_share <= RELATIVE_OPENINGS, f"{total.relative_share:.1%} open so"
