"""Pseudonyms of published personal data: equal for equal values, under a local key."""

import hmac
import os
import secrets
import string
from collections.abc import Callable
from pathlib import Path

from pipeline.files import reason_of
from pipeline.outcomes import PublishFailed
from pipeline.settings import Settings

KEY_DIGITS = 64
LEAST_CHARACTERS = 16
MOST_CHARACTERS = 1024


def local_key(settings: Settings) -> bytes:
    """The key of the pseudonyms: `CS_PII_KEY`, else the key file, which the first run makes.

    Raises PublishFailed for a damaged key file: another key would change all pseudonyms.
    """
    if settings.pii_key:
        return settings.pii_key.encode()
    if flaw := key_flaw(settings):
        raise PublishFailed(flaw)
    if not settings.key_file.exists():
        _make_key(settings.key_file)
    return settings.key_file.read_bytes().strip()


def key_flaw(settings: Settings) -> str | None:
    """The message about a damaged key file. None for a good or missing one."""
    path = settings.key_file
    remedy = (
        "Restore it from a backup. Without a backup, move the file away: the next publish makes "
        "another key, and all pseudonyms change."
    )
    try:
        key = path.read_bytes().strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        return f"The key file {path} cannot be read ({reason_of(error)}). {remedy}"
    if not key:
        return f"The key file {path} is empty. {remedy}"
    try:
        text = key.decode("utf-8")
    except UnicodeDecodeError:
        return f"The key file {path} is not text. {remedy}"
    if len(text) > MOST_CHARACTERS or len(text.split()) > 1:
        return f"The key file {path} holds more than one key. {remedy}"
    # Keys made here are hexadecimal. Any other text is a company's own.
    is_made_here = all(digit in string.hexdigits for digit in text)
    if len(text) < LEAST_CHARACTERS or (is_made_here and len(text) != KEY_DIGITS):
        return (
            f"The key file {path} is cut off: {len(text)} characters, expected {KEY_DIGITS} "
            f"hexadecimal digits. {remedy}"
        )
    return None


def pseudonymizer(key: bytes) -> Callable[[str], str]:
    """HMAC-SHA256 of a text, as 64 hexadecimal digits."""

    def pseudonym(value: str) -> str:
        return hmac.digest(key, value.encode(), "sha256").hex()

    return pseudonym


def _make_key(path: Path) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(handle, secrets.token_hex(KEY_DIGITS // 2).encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    os.replace(draft, path)
