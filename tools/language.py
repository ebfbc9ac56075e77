"""`python -m tools.language`: banned words, and how long-winded the sentences of the docs are."""

import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
GLOSSARY = PROJECT / "docs" / "glossary.md"
WRITTEN = {".md", ".sql", ".yml", ".yaml", ".py", ".sh", ".toml"}
# Raw data of the demo and of tests is the language of a company, not of the project.
DATA = re.compile(r"seeds/demo/.*\.csv|requirements.*|.*\.json")
MARKS_PER_SENTENCE = 0.15
RELATIVE_OPENINGS = 0.02


def banned() -> list[str]:
    """The words in bold in the last column of the glossary."""
    rows = [line for line in GLOSSARY.read_text().splitlines() if line.startswith("|")]
    cells = [row.strip("|").rsplit("|", 1)[-1] for row in rows]
    return sorted({word for cell in cells for word in re.findall(r"\*\*(.+?)\*\*", cell)})


def pattern_of(words: Iterable[str]) -> re.Pattern[str]:
    """What finds a word or its plural, as a word of prose or a part of a name."""
    parts = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
    return re.compile(rf"(?<![a-z])(?:{parts})s?(?![a-z])", re.IGNORECASE)


def written_files() -> list[Path]:
    """All files of the project that people write words in."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        PROJECT / name
        for name in listed.stdout.splitlines()
        if not DATA.fullmatch(name)
        and (PROJECT / name).is_file()
        and (
            Path(name).suffix in WRITTEN
            or Path(name).parts[0] == ".ci"
            or Path(name).name == "Makefile"
            or name.startswith("seeds/policy/")
        )
    ]


def violations(files: Iterable[Path], words: Iterable[str]) -> list[str]:
    """Each use of a banned word, as `path:line: word`."""
    pattern = pattern_of(words)
    found = []
    for path in files:
        # A name in camel case is made of words too.
        text = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", "_", path.read_text())
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append(f"{path.relative_to(PROJECT)}:{line}: {match.group()}")
    return found


@dataclass(frozen=True)
class Prose:
    """What the sentences of some pages are like."""

    sentences: int = 0
    marked: int = 0
    relative: int = 0
    words: int = 0

    def __add__(self, other: "Prose") -> "Prose":
        """Count both."""
        return Prose(
            self.sentences + other.sentences,
            self.marked + other.marked,
            self.relative + other.relative,
            self.words + other.words,
        )

    @property
    def marked_share(self) -> float:
        """Share of the sentences that have a semicolon or a colon."""
        return self.marked / self.sentences if self.sentences else 0.0

    @property
    def relative_share(self) -> float:
        """Share of the sentences that open with a relative in place of a subject."""
        return self.relative / self.sentences if self.sentences else 0.0

    @property
    def mean_words(self) -> float:
        """Words of the mean sentence."""
        return self.words / self.sentences if self.sentences else 0.0


def paragraphs(markdown: str) -> Iterator[str]:
    """The running text of a page, without code, tables, lists, headings, quotes and comments."""
    text = re.sub(r"^```.*?^```", "", markdown, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    for block in re.split(r"\n\s*\n", text):
        if not re.match(r"\s*(#|\||>|<|[-*] |\d+\. |    |\||---)", block) and block.strip():
            # A list may follow its opening line without a gap.
            running = re.split(r"\n(?=[-*] |\d+\. |\|)", block)[0]
            yield " ".join(running.split())


def sentences(markdown: str) -> list[str]:
    """The sentences of a page, code and the targets of links left out."""
    found = []
    for paragraph in paragraphs(markdown):
        plain = re.sub(r"!?\[([^]]*)\]\([^)]*\)", r"\1", paragraph)
        plain = re.sub(r"`[^`]*`", "code", plain).replace("**", "")
        found += [part for part in re.split(r"(?<=[.!?])[)”\"]*\s+(?=\S)", plain) if part.strip()]
    return found


def prose_of(markdown: str) -> Prose:
    """What the sentences of one page are like."""
    found = sentences(markdown)
    return Prose(
        len(found),
        # The colon of a time, such as 23:59, is no mark of a sentence.
        sum(bool(re.search(r";|:(?!\d)", sentence)) for sentence in found),
        sum(bool(re.match(r"\W*(what|who|of\s+which)\b", s, re.IGNORECASE)) for s in found),
        sum(len(sentence.split()) for sentence in found),
    )


def pages() -> list[Path]:
    """The README and the docs."""
    return [PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md"))]


def main() -> None:
    """Print a line for each page, the total, and the banned words."""
    print(f"{'page':36} sentences  with ; or :  opening with what, who  words a sentence")
    total = Prose()
    for path in pages():
        prose = prose_of(path.read_text())
        total += prose
        print(_line(str(path.relative_to(PROJECT)), prose))
    print(_line("all", total))
    print(f"at most{'':39}{MARKS_PER_SENTENCE:12.1%}{RELATIVE_OPENINGS:24.1%}")
    for found in violations([p for p in written_files() if p != GLOSSARY], banned()):
        print(found)


def _line(name: str, prose: Prose) -> str:
    shares = f"{prose.marked_share:12.1%}{prose.relative_share:24.1%}"
    return f"{name:36}{prose.sentences:10}{shares}{prose.mean_words:18.1f}"


if __name__ == "__main__":
    main()
