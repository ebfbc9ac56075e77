"""One run at a time: a lock on the warehouse, which the kernel frees when its process ends."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.files import reason_of
from pipeline.modes import FOLDER_MODE
from pipeline.outcomes import Locked

GRACE_SECONDS = 0.3  # longer than `status` holds the lock to try it
POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Holder:
    """The process that holds the lock. `since` is UTC in ISO 8601."""

    pid: int
    host: str
    command: str
    since: str

    def __str__(self) -> str:
        return f"`{self.command}` (process {self.pid} on {self.host}, since {self.since})"


@contextmanager
def held(lock_file: Path, command: str) -> Iterator[None]:
    """Hold the lock while the block runs. The kernel frees it when the process dies.

    Raises Locked at once with the holder when another process has the lock.
    """
    # A lock without flock cannot tell a dead holder from a live one, so it is an error.
    lock = FileLock(lock_file, timeout=GRACE_SECONDS, mode=0o640, fallback_to_soft=False)
    try:
        lock_file.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        lock.acquire(poll_interval=POLL_SECONDS)
    except (OSError, NotImplementedError) as error:
        if isinstance(error, Timeout):
            raise _in_use(lock_file) from None
        raise Locked(_unusable(lock_file, error)) from error
    try:
        _write_holder(lock_file, command)
        yield
    finally:
        with suppress(OSError):
            os.truncate(lock_file, 0)
        lock.release()


def current_holder(lock_file: Path) -> Holder | None:
    """The process that holds the lock now, or None.

    Raises Locked where this user may not open the lock file.
    """
    try:
        if not lock_file.exists():
            return None
        with FileLock(lock_file, timeout=0, fallback_to_soft=False):
            return None
    except Timeout:
        return _read_holder(lock_file) or Holder(0, "unknown host", "a run", "just now")
    except (OSError, NotImplementedError) as error:
        raise Locked(_unusable(lock_file, error)) from error


def _in_use(lock_file: Path) -> Locked:
    holder = _read_holder(lock_file)
    return Locked(
        f"The warehouse is in use by {holder or 'another run that has just begun'}. "
        "Wait for its end, which frees the lock.",
        holder=asdict(holder) if holder else None,
    )


def _unusable(lock_file: Path, error: OSError | NotImplementedError) -> str:
    reason = reason_of(error) if isinstance(error, OSError) else "this disk has no flock"
    return (
        f"The lock file {lock_file} cannot be opened ({reason}), so another run may be at work. "
        "Move away whatever has this path, and let this user write to its folder."
    )


def _write_holder(lock_file: Path, command: str) -> None:
    holder = Holder(
        pid=os.getpid(),
        host=socket.gethostname(),
        command=command,
        since=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    # In place, as the lock belongs to this file. On a full disk the lock has no holder text.
    with suppress(OSError):
        lock_file.write_text(json.dumps(asdict(holder)), encoding="utf-8")


def _read_holder(lock_file: Path) -> Holder | None:
    try:
        return Holder(**json.loads(lock_file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError):
        return None
