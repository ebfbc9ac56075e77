"""The list of erased people: salted hashes, by which staging finds them in later extracts.

Each line holds the salt and one digest: SHA-256 of the salt, a kind, a colon and a value. An id is
listed as `contact` or `user`. Words by which free text names a person are listed as `mention`.
macros/raw/erased_people.sql computes the same.
"""

import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.files import reason_of, write_whole
from pipeline.modes import FILE_MODE
from pipeline.outcomes import BadInput
from pipeline.runs import read_log
from pipeline.settings import Settings

HEADER = "salt,digest"
HEX_DIGITS = 64
PSEUDONYM_DIGITS = 16
OUTCOME = "erased"
WORD_ENDS = re.compile(r"[\x00-\x20\"<>(),;:/\\|\[\]{}!?=*#&`~^$]+")
TRIMMED = ".'-"
LONGEST_MENTION = 4


@dataclass(frozen=True)
class ErasedList:
    """Hashes of erased people. The salt is secret, because its holder can test guesses."""

    salt: str
    digests: frozenset[str] = frozenset()

    def digest(self, kind: str, value: str) -> str:
        """The hash of an id or a mention in the list."""
        return hashlib.sha256(f"{self.salt}{kind}:{value}".encode()).hexdigest()

    def pseudonym(self, kind: str, value: str) -> str:
        """The pseudonym that replaces an id or a mention, equal in every build."""
        return f"erased-{self.digest(kind, value)[:PSEUDONYM_DIGITS]}"

    def adding(self, named: Iterable[tuple[str, str]]) -> "ErasedList":
        """The list with further ids and mentions, each as kind and value."""
        added = {self.digest(kind, value) for kind, value in named}
        return ErasedList(self.salt, self.digests | added)


def mention(text: str) -> str | None:
    """The words of a text in the form that staging searches for. None for too many words."""
    words = [word.strip(TRIMMED) for word in WORD_ENDS.split(text.lower())]
    words = [word for word in words if word]
    return " ".join(words) if 0 < len(words) <= LONGEST_MENTION else None


def read(path: Path) -> ErasedList | None:
    """The list in a file, None without a file.

    Raises ValueError with the reason, or OSError.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    lines = content.decode("ascii").split("\n")
    if lines[0] != HEADER:
        raise ValueError(f"its first line should be {HEADER}")
    if lines[-1] or len(lines) < 3:
        raise ValueError("it is cut off")
    salts, digests = set(), set()
    for number, line in enumerate(lines[1:-1], start=2):
        if not re.fullmatch(r"[0-9a-f]{64},[0-9a-f]{64}", line):
            raise ValueError(f"line {number} is not a pair of salt and digest")
        salt, digest = line.split(",")
        salts.add(salt)
        digests.add(digest)
    if len(salts) > 1:
        raise ValueError("it has more than one salt")
    return ErasedList(salts.pop(), frozenset(digests))


def flaw(settings: Settings) -> str | None:
    """The reason why the list cannot be used. None for a good list, or where nobody was erased."""
    path = settings.erased_file
    remedy = (
        "Restore it from a backup. Without a backup, move the file away and erase the same people "
        "again: a build without the list would bring them back."
    )
    try:
        if read(path) is not None:
            return None
    except ValueError as error:
        reason = "not text" if isinstance(error, UnicodeDecodeError) else str(error)
        return f"The list of erased people {path} cannot be read ({reason}). {remedy}"
    except OSError as error:
        return f"The list of erased people {path} cannot be read ({reason_of(error)}). {remedy}"
    since = [row.finished_at for row in read_log(settings.runs_file) if row.outcome == OUTCOME]
    if since:
        return (
            f"The list of erased people {path} is missing, but {settings.runs_file} records an "
            f"erasure at {since[-1]}. {remedy}"
        )
    return None


def check(settings: Settings) -> None:
    """Raise BadInput where a build would bring erased people back."""
    if found := flaw(settings):
        raise BadInput(found)


def extend(settings: Settings, named: Iterable[tuple[str, str]]) -> ErasedList:
    """Add ids and mentions to the list, and make the list where it is missing.

    Raises BadInput when the list cannot be read.
    """
    try:
        listed = read(settings.erased_file)
    except (ValueError, OSError):
        raise BadInput(str(flaw(settings))) from None
    found = listed or ErasedList(secrets.token_hex(HEX_DIGITS // 2))
    found = found.adding(named)
    lines = [HEADER, *(f"{found.salt},{digest}" for digest in sorted(found.digests))]
    write_whole(settings.erased_file, "".join(f"{line}\n" for line in lines), FILE_MODE)
    return found
