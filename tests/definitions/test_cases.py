"""Cases of the trade: small companies whose right answer is known, built and asked.

A case is a folder of extracts with a text that holds its questions: lines of SQL, each followed by
`-- what is asked: the right answer` (or `0 or null`, where either is right). The project's own
cases are in tests/cases; those of a folder ../shared are tried too where it exists.
"""

import csv
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from conftest import PROJECT, Build, dbt

from benchmarks.builds import WITHOUT_UNIT_TESTS

OWN = PROJECT / "tests" / "cases"
SHARED = PROJECT.parent / "shared" / "acceptance" / "cases"
AS_OF_JUNE = '{"as_of_date": "2025-06-30", "run_date": "2025-07-01", "reporting_currency": "USD"}'
QUESTION = re.compile(r"^(select .+); +-- (.+): (.+)$", re.MULTILINE)
STATED_VARS = re.compile(r"--vars '([^']+)'")
MARTS = re.compile(r"\b(?:marts|quality|staging)\.(\w+)")
# These ask of a file as a whole, or of the as-of date: put together with others they ask nothing.
ALONE = {"70", "72", "75", "80", "82", "86", "89"}
BROKEN = {"75": "billing_invoices.csv.gz"}
# Use is measured over 28 days since these were written, and its counts are brought to a month.
RESTATED = {
    ("43", "dau_mau"): ("0.0357143",),
    ("48", "logins_per_user"): ("0.3621032",),
}
# Metrics whose name has changed since: the mean of answers is not the score of promoters.
RENAMED = {"metric = 'nps'": "metric = 'nps_mean'"}
SAID = {"62": ("ended_on", "discount_percent")}


@dataclass(frozen=True)
class Question:
    """A query of one value, and the values that are right."""

    case: str
    sql: str
    asked: str
    right: tuple[str, ...]

    def is_answered_by(self, value: object) -> bool:
        """Whether the value is one of the right ones; numbers are compared as numbers."""
        return any(_equal(right, value) for right in self.right)


def _equal(right: str, value: object) -> bool:
    if right == "null" or value is None:
        return right == "null" and value is None
    if isinstance(value, bool):
        return right == str(value)
    if isinstance(value, int | float | Decimal):
        return abs(float(value) - float(right)) < 1e-6
    return right == str(value)


def questions(case: Path) -> list[Question]:
    """The questions of a case, in its text's order."""
    text = _text(case)
    return [
        Question(case.name, _as_named_today(sql), asked, _right(case, asked, right))
        for sql, asked, right in QUESTION.findall(text)
    ]


def _as_named_today(sql: str) -> str:
    for old, new in RENAMED.items():
        sql = sql.replace(old, new)
    return sql


def _right(case: Path, asked: str, stated: str) -> tuple[str, ...]:
    number = case.name.split("_")[0]
    return RESTATED.get((number, asked)) or tuple(stated.split(" or "))


def _text(case: Path) -> str:
    return (case / "expected.md").read_text(encoding="utf-8")


def cases() -> list[Path]:
    """Every case that is there."""
    found = [path for home in (OWN, SHARED) if home.exists() for path in home.iterdir()]
    return sorted(path for path in found if path.is_dir())


def is_alone(case: Path) -> bool:
    """Whether a case wants a build of its own; a case of the project's says so by its name."""
    return case.name.split("_")[0] in ALONE if case.parent == SHARED else "alone" in case.name


def put_together(folders: list[Path], target: Path) -> None:
    """One folder of the CSV tables of several, with all columns that any of them has."""
    tables: dict[str, list[dict[str, str]]] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                tables.setdefault(path.name, []).extend(csv.DictReader(file))
    target.mkdir(parents=True)
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (target / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def build(raw: Path, home: Path, asked: list[Question], variables: str) -> Build:
    """Build what the questions ask of, and the books of the raw rows."""
    wanted = {mart for question in asked for mart in MARTS.findall(question.sql)}
    wanted |= {"dq_invalid_values", "dq_rejected_rows", "dq_reconciliation"}
    home.mkdir(parents=True, exist_ok=True)
    selected = ("--select", *(f"+{mart}" for mart in sorted(wanted)))
    return dbt(
        "build",
        home,
        *(*WITHOUT_UNIT_TESTS, *selected, "--indirect-selection", "cautious"),
        *("--vars", variables),
        CS_RAW_PATH=str(raw),
    )


def wrong_answers(built: Build, asked: list[Question]) -> Iterator[str]:
    """Every question whose answer in the build file is not right."""
    with duckdb.connect(str(built.home / "build.duckdb"), read_only=True) as connection:
        for question in asked:
            row = connection.execute(question.sql).fetchone()
            value = row[0] if row else None
            if not question.is_answered_by(value):
                yield f"{question.case}: {question.asked}: {value}, not {question.right}"


TOGETHER = [case for case in cases() if not is_alone(case)]
BY_THEMSELVES = [case for case in cases() if is_alone(case)]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cases")


@pytest.mark.parametrize("homes", [OWN, SHARED], ids=["own", "shared"])
def test_cases_put_together_give_the_right_answers(homes: Path, home: Path):
    folders = [case for case in TOGETHER if case.parent == homes]
    if not folders:
        pytest.skip(f"no cases in {homes.name}")
    put_together(folders, home / homes.parent.name)
    asked = [question for case in folders for question in questions(case)]
    built = build(home / homes.parent.name, home / "warehouse", asked, AS_OF_JUNE)
    assert built.returncode == 0, built.output[-4000:]
    wrong = list(wrong_answers(built, asked))
    assert not wrong, "\n".join(wrong)
    for case in folders:
        for column in SAID.get(case.name.split("_")[0], ()) if homes == SHARED else ():
            assert re.search(rf"WARNING \w+\.{column}: .+ not used", built.output), column


@pytest.mark.parametrize("case", BY_THEMSELVES, ids=lambda case: case.name)
def test_case_gives_the_right_answers(case: Path, home: Path):
    raw = home / "alone"
    shutil.rmtree(raw, ignore_errors=True)
    shutil.copytree(case, raw)
    stated = STATED_VARS.search(_text(case))
    asked = questions(case)
    built = build(raw, home / "warehouse", asked, stated.group(1) if stated else AS_OF_JUNE)
    broken = BROKEN.get(case.name.split("_")[0]) if case.parent == SHARED else None
    if broken:
        assert built.returncode != 0
        assert broken in built.output
        return
    assert built.returncode == 0, built.output[-4000:]
    wrong = list(wrong_answers(built, asked))
    assert not wrong, "\n".join(wrong)
