"""File modes that hide raw data from other users."""

import stat
from pathlib import Path

FILE_MODE = 0o600
FOLDER_MODE = 0o700
UMASK = 0o077


def make_private(build_file: Path) -> list[str]:
    """Close the build file and its folder to other users. Returns messages."""
    messages = []
    folder = build_file.parent
    if _is_shared(folder):
        messages.append(
            f"{folder} is a folder that several users write to, so its mode stays unchanged. "
            "Set CS_WAREHOUSE_DIR to a folder of its own."
        )
    elif was := _changed(folder, FOLDER_MODE):
        messages.append(
            f"{folder} was open to other users (mode {was:o}) and now has mode {FOLDER_MODE:o}. "
            "If readers have another account, set CS_PUBLISHED_DIR (docs/operations.md)."
        )
    for path in (build_file, build_file.with_name(f"{build_file.name}.wal")):
        _changed(path, FILE_MODE)
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            messages.append(
                f"{path} is readable for other users: its owner must run `chmod 600 {path}`."
            )
    return messages


def _is_shared(folder: Path) -> bool:
    """Whether it is a folder such as /tmp, which other users need."""
    return folder.exists() and bool(folder.stat().st_mode & stat.S_ISVTX)


def _changed(path: Path, mode: int) -> int:
    """Remove the rights of `path` that `mode` lacks. Returns its old mode, 0 for no change."""
    if not path.exists():
        return 0
    was = stat.S_IMODE(path.stat().st_mode)
    if not was & ~mode & 0o777:
        return 0
    try:
        path.chmod(was & mode)
    except OSError:
        return 0
    return was
