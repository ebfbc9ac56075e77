"""The marts behind each page of the dashboard, for the exposures of the pages."""

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
FILE = PROJECT / "models" / "dashboard.yml"
QUERIES = PROJECT / "dashboard" / "queries"
MARTS = PROJECT / "models" / "marts"
READ = re.compile(r"\b(?:from|join)\s+(?:marts|quality)\.(\w+)")
EXPOSURE = re.compile(
    r"(  - name: page_(\w+)\n.*?    depends_on:\n)(?:      - [^\n]*\n)*", re.DOTALL
)
# Every page shows codes in the words of this mart.
WORDS = "dim_labels"
# This page shows any mart.
ANY_MART = "rows"


def titles() -> dict[str, str]:
    """The dashboard's pages by name, with their titles, in the order of its navigation."""
    text = (PROJECT / "dashboard" / "app.py").read_text(encoding="utf-8")
    block = re.search(r"^TITLES = \{(.*?)^\}", text, re.DOTALL | re.MULTILINE)
    return dict(re.findall(r'"(\w+)": "([^"]+)"', block[1])) if block else {}


def marts() -> set[str]:
    """The marts that dbt builds. The publish itself makes a few more tables, such as `runs`."""
    return {path.stem for path in MARTS.rglob("*.sql")}


def read_by(page: str) -> list[str]:
    """The marts that a page of the dashboard reads, sorted."""
    known = marts()
    if page == ANY_MART:
        return sorted(known)
    sql = (QUERIES / f"{page}.sql").read_text(encoding="utf-8")
    return sorted({WORDS, *READ.findall(sql)} & known)


def with_marts(text: str) -> str:
    """The exposures of the pages, each with the marts that its page reads now."""

    def filled(found: re.Match[str]) -> str:
        lines = (f"      - ref('{mart}')\n" for mart in read_by(found[2]))
        return found[1] + "".join(lines)

    return EXPOSURE.sub(filled, text)
