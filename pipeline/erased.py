"""The list of erased people: salted hashes, by which staging knows them in the next extract.

Each line holds the salt and one digest: SHA-256 of the salt, a kind, a colon and a value. An id is
listed as `contact` or `user`. Words by which free text names a person are listed as `mention`.
macros/dialect/erased_people.sql computes the same.
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
    """Who is erased. Who has the salt can test guesses: it is as secret as the pseudonyms' key."""

    salt: str
    digests: frozenset[str] = frozenset()

    def digest(self, kind: str, value: str) -> str:
        """How the list names an id or a mention."""
        return hashlib.sha256(f"{self.salt}{kind}:{value}".encode()).hexdigest()

    def pseudonym(self, kind: str, value: str) -> str:
        """What stands for an id or a mention from now on: the same in every build."""
        return f"erased-{self.digest(kind, value)[:PSEUDONYM_DIGITS]}"

    def adding(self, named: Iterable[tuple[str, str]]) -> "ErasedList":
        """The list with more ids and mentions, each a kind and a value."""
        added = {self.digest(kind, value) for kind, value in named}
        return ErasedList(self.salt, self.digests | added)


def mention(text: str) -> str | None:
    """The words of a text as free text is searched for them; None where they are too many."""
    words = [word.strip(TRIMMED) for word in WORD_ENDS.split(text.lower())]
    words = [word for word in words if word]
    return " ".join(words) if 0 < len(words) <= LONGEST_MENTION else None


def read(path: Path) -> ErasedList | None:
    """The list in a file, None where there is none.

    Raises ValueError, which says what is wrong, or OSError.
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
            raise ValueError(f"line {number} is no pair of salt and digest")
        salt, digest = line.split(",")
        salts.add(salt)
        digests.add(digest)
    if len(salts) > 1:
        raise ValueError("it has more than one salt")
    return ErasedList(salts.pop(), frozenset(digests))


def flaw(settings: Settings) -> str | None:
    """Why the list cannot be relied on, in words; None where it can, or where nobody was erased."""
    path = settings.erased_file
    way_out = (
        "Restore it from a backup. Without one, move away what is there and erase again whom you "
        "erased before: a build without the list would bring these people back."
    )
    try:
        if read(path) is not None:
            return None
    except ValueError as error:
        reason = "not text" if isinstance(error, UnicodeDecodeError) else str(error)
        return f"The list of erased people {path} cannot be read ({reason}). {way_out}"
    except OSError as error:
        return f"The list of erased people {path} cannot be read ({reason_of(error)}). {way_out}"
    since = [row.finished_at for row in read_log(settings.runs_file) if row.outcome == OUTCOME]
    if since:
        return (
            f"The list of erased people {path} is missing, but {settings.runs_file} says that "
            f"somebody was erased at {since[-1]}. {way_out}"
        )
    return None


def check(settings: Settings) -> None:
    """Raise BadInput when a build would bring erased people back."""
    if found := flaw(settings):
        raise BadInput(found)


def extend(settings: Settings, named: Iterable[tuple[str, str]]) -> ErasedList:
    """Add ids and mentions to the list, which is made where there is none.

    Raises BadInput when the list is there and cannot be read.
    """
    try:
        standing = read(settings.erased_file)
    except (ValueError, OSError):
        raise BadInput(str(flaw(settings))) from None
    found = standing or ErasedList(secrets.token_hex(HEX_DIGITS // 2))
    found = found.adding(named)
    lines = [HEADER, *(f"{found.salt},{digest}" for digest in sorted(found.digests))]
    write_whole(settings.erased_file, "".join(f"{line}\n" for line in lines), FILE_MODE)
    return found
