"""File writes that survive a crash, completely or not at all."""

import os
from pathlib import Path


def sync_file(path: Path) -> None:
    """Force the content of a file or folder to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, text: str | bytes, mode: int = 0o640) -> None:
    """Replace the content of `path` in one step: a reader sees the old content or the new."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    content = text if isinstance(text, bytes) else text.encode("utf-8")
    try:
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        sync_file(draft)
        os.replace(draft, path)
        sync_file(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def set_aside(path: Path, run_id: str) -> Path:
    """Rename a damaged file, so that nothing in it is lost. Returns its new path."""
    aside = path.with_name(f"{path.name}.damaged-{run_id}")
    os.replace(path, aside)
    return aside


def reason_of(error: OSError) -> str:
    """The reason of a file error, without the file's name."""
    return (error.strerror or str(error)).lower()


def is_readable(path: Path) -> bool:
    """Whether a file can be read or is missing."""
    try:
        with path.open("rb"):
            return True
    except FileNotFoundError:
        return True
    except OSError:
        return False


def point_symlink(link: Path, target: str) -> None:
    """Point `link` at `target` (relative to its folder) in one step, and sync it to disk."""
    draft = link.with_name(f".{link.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    draft.symlink_to(target)
    os.replace(draft, link)
    sync_file(link.parent)


def append_line(path: Path, line: str) -> None:
    """Append one line in one write and sync it to disk, after any line that a crash cut off."""
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        size = os.fstat(handle).st_size
        is_cut_off = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
        os.write(handle, (("\n" if is_cut_off else "") + line + "\n").encode())
        os.fsync(handle)
    finally:
        os.close(handle)
