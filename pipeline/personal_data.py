"""Personal data in what is published: the same pseudonym for the same value, under a local key."""

import hmac
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from pipeline.outcomes import PublishFailed
from pipeline.settings import Settings


def local_key(settings: Settings) -> bytes:
    """The key of the pseudonyms: `CS_PII_KEY`, else the key file, which the first run makes.

    Raises PublishFailed when the key file is empty.
    """
    if settings.pii_key:
        return settings.pii_key.encode()
    if not settings.key_file.exists():
        _make_key(settings.key_file)
    key = settings.key_file.read_bytes().strip()
    if not key:
        raise PublishFailed(f"The key file {settings.key_file} is empty: restore or delete it.")
    return key


def pseudonymizer(key: bytes) -> Callable[[str], str]:
    """HMAC-SHA256 of a text, as 64 hexadecimal digits."""

    def pseudonym(value: str) -> str:
        return hmac.digest(key, value.encode(), "sha256").hex()

    return pseudonym


def _make_key(path: Path) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(handle, secrets.token_hex(32).encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    os.replace(draft, path)
