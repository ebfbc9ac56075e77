"""The parts of the documentation that are generated, and the files they stand in."""

import re
from pathlib import Path
from typing import Any

import duckdb

from tools import architecture, entities, exposures, picture, practices, tables
from tools.domains import models_of
from tools.svg import THEMES

PROJECT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"(<!-- generated: ([\w ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def rendered(manifest: dict[str, Any], marts: duckdb.DuckDBPyConnection) -> dict[Path, str]:
    """Every generated file with what it should hold: pictures whole, pages around their blocks."""
    models = models_of(manifest)
    facts = picture.facts_of(marts)
    docs = PROJECT / "docs"
    files = {}
    for theme in THEMES:
        files[docs / f"picture-{theme.name}.svg"] = picture.draw(facts, theme)
        files[docs / f"domains-{theme.name}.svg"] = architecture.draw(models, theme)
    blocks = {
        "retention": tables.retention(marts),
        "worklist": tables.answer(marts, tables.WORKLIST),
        "marts": tables.domains(models),
        "domains": architecture.table(models),
        "path of a billing row": architecture.path(models, "a billing row"),
        "path of a usage event": architecture.path(models, "a usage event"),
        "entities": entities.sections(models),
        "practices": practices.sections(practices.read()),
    }
    files[exposures.FILE] = exposures.with_marts(exposures.FILE.read_text())
    for page in [PROJECT / "README.md", *sorted(docs.glob("*.md"))]:
        text = page.read_text()
        if BLOCK.search(text):
            files[page] = BLOCK.sub(lambda found: _filled(found, blocks), text)
    return files


def _filled(found: re.Match[str], blocks: dict[str, str]) -> str:
    opening, name, end = found.groups()
    return f"{opening}\n{blocks[name]}\n\n{end}"
