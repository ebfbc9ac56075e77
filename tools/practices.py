"""The practices of the source documents, and where each is answered: docs/practice_coverage.md."""

import csv
from dataclasses import dataclass
from pathlib import Path

from tools.tables import markdown

FILE = Path(__file__).resolve().parents[1] / "docs" / "practice_coverage.csv"
DOCUMENTS = ("000", "001", "002", "003", "004")
COLUMNS = ["practice", "documents", "column", "formula", "source", "where we differ, and why"]


@dataclass(frozen=True)
class Practice:
    """What a document asks for, and the column of a mart that shows it.

    `documents` and `source` are words between blanks: numbers of documents, and policy files or
    raw tables. `difference` and `reason` are empty where the document's rule is followed.
    """

    documents: str
    topic: str
    practice: str
    mart: str
    column: str
    formula: str
    source: str
    difference: str
    reason: str


def read(file: Path = FILE) -> list[Practice]:
    """The rows of the CSV, in its order."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [Practice(**row) for row in csv.DictReader(lines)]


def sections(practices: list[Practice]) -> str:
    """How many practices differ, and a table for each topic, in the order of the file."""
    differing = sum(bool(practice.difference) for practice in practices)
    marts = {practice.mart for practice in practices}
    parts = [
        f"{len(practices)} practices are in {len(marts)} marts. {differing} of them differ from"
        " their document in a threshold, a band or a formula, and say why."
    ]
    for topic in dict.fromkeys(practice.topic for practice in practices):
        rows = [_cells(practice) for practice in practices if practice.topic == topic]
        parts.append(f"## {topic}\n\n{markdown(COLUMNS, rows)}")
    return "\n\n".join(parts)


def _cells(practice: Practice) -> tuple[str, ...]:
    differs = f"{practice.difference}. {practice.reason}." if practice.difference else ""
    return (
        practice.practice,
        ", ".join(practice.documents.split()),
        f"`{practice.mart}.{practice.column}`",
        practice.formula,
        ", ".join(f"`{source}`" for source in practice.source.split()),
        differs,
    )
