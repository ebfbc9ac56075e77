"""A person in files other than tables: logs, dbt artifacts and Data Docs."""

import html
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.erased import ErasedList, mention
from pipeline.files import is_readable, reason_of, sync_file
from pipeline.person import Person
from pipeline.settings import Settings

TABLES = (".duckdb", ".parquet")
NOT_OURS = {"erased.csv", "pii.key", ".lock", ".alerts.lock"}
BEFORE = r"(?<![^\W])(?<![@.+-])"
AFTER = r"(?!\w|[@+-]|\.\w)"


@dataclass(frozen=True)
class Scrubbed:
    """The changed files, and the reason for each file that could not be read."""

    changed: tuple[Path, ...]
    unread: dict[Path, str]


def scrub(settings: Settings, person: Person, erased: ErasedList) -> Scrubbed:
    """Remove the words that name the person from every text file of the pipeline.

    The files of `preview` and DuckDB's spilled files are deleted: later runs make them again.
    """
    for folder in (settings.preview, settings.spill):
        if folder.exists():
            shutil.rmtree(folder)
    changed, unread = [], {}
    for path in written(settings) if person.words else ():
        if path.suffix in TABLES or path.name in NOT_OURS:
            continue
        try:
            content = path.read_bytes()
            cleaned = _cleaned(content, person, erased)
            if cleaned is None:
                # A binary cache of dbt, which dbt writes again.
                path.unlink()
            elif cleaned != content:
                _overwrite(path, cleaned)
            else:
                continue
        except OSError as error:
            unread[path] = reason_of(error)
            continue
        changed.append(path)
    return Scrubbed(tuple(changed), unread)


def holding(settings: Settings, person: Person) -> list[Path]:
    """All files, tables included, that still hold a word that names the person."""
    words = [word.lower().encode() for word in person.words]
    found = []
    for path in written(settings) if words else ():
        if path.name in NOT_OURS or not is_readable(path):
            continue
        content = path.read_bytes().lower()
        if any(word in content for word in words):
            found.append(path)
    return found


def written(settings: Settings) -> Iterator[Path]:
    """Every file in the folders that dbt and the pipeline write to."""
    logs = Path(os.environ.get("DBT_LOG_PATH") or settings.project_dir / "logs")
    folders = {settings.warehouse, settings.readers_folder, settings.target_dir, logs}
    seen = set()
    for folder in sorted(folders):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink() and path not in seen:
                seen.add(path)
                yield path


def _cleaned(content: bytes, person: Person, erased: ErasedList) -> bytes | None:
    """The content without words that name the person. None for a binary file that holds them."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        found = content.lower()
        is_held = any(word.lower().encode() in found for word in person.words)
        return None if is_held else content
    for word in person.words:
        pseudonym = erased.pseudonym("mention", mention(word) or word.lower())
        for form in _forms(word):
            if form.lower().split()[-1] in text.lower():
                pattern = r"\s+".join(re.escape(part) for part in form.split())
                text = re.sub(f"{BEFORE}{pattern}{AFTER}", pseudonym, text, flags=re.IGNORECASE)
    return text.encode("utf-8")


def _forms(word: str) -> list[str]:
    """A word as plain text, in JSON and in HTML."""
    forms = [word, json.dumps(word)[1:-1], html.escape(word), html.escape(word, quote=False)]
    return list(dict.fromkeys(forms))


def _overwrite(path: Path, content: bytes) -> None:
    """Overwrite a file in place, so a process that appends to it keeps the same file."""
    mode = path.stat().st_mode
    path.chmod(mode | 0o200)
    with path.open("r+b") as file:
        file.write(content)
        file.truncate()
    path.chmod(mode)
    sync_file(path)
